package dev.rootstock.activities.engine;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One engine at work on one order. Its standard input stays open until {@link #close}, and ends
 * with this process however that ends: then the engine saves and leaves. Thread-safe.
 */
public final class EngineProcess implements AutoCloseable {
  private static final int TAIL = 25; // last lines of the log, for the failure's message
  private static final long LAST_WORDS =
      10_000; // milliseconds; what a killed launcher leaves behind may hold the pipes for longer

  private final Process process;
  private final Path folder;
  private final ClassArchive classes;
  private final Deque<String> tail = new ArrayDeque<>();
  private final Thread log;
  private final Thread progress;

  private EngineProcess(
      Process process,
      Path folder,
      ClassArchive classes,
      Path logFile,
      Consumer<Progress> listener) {
    this.process = process;
    this.folder = folder;
    this.classes = classes;
    this.log = thread("engine-log", () -> keep(process.getErrorStream(), logFile));
    this.progress = thread("engine-progress", () -> follow(process.getInputStream(), listener));
  }

  /**
   * Starts an engine.
   *
   * @param scratch a folder for the order and the result, within which one is made and removed
   *     again
   * @param logFile is added to
   * @param listener hears each progress line, on a thread of its own
   */
  public static EngineProcess start(
      EngineCommand command,
      String verb,
      Record order,
      int threads,
      Path scratch,
      Path logFile,
      Consumer<Progress> listener)
      throws IOException {
    Files.createDirectories(scratch);
    Files.createDirectories(logFile.getParent());
    Path folder = Files.createTempDirectory(scratch, verb + "-");
    Path spec = folder.resolve("order.json");
    Files.writeString(spec, CanonicalJson.pretty(order));
    ClassArchive classes = ClassArchive.open(command, verb, ClassArchive.folder(System.getenv()));
    Process process =
        classes.command().process(verb, spec, folder.resolve("result.json"), threads).start();
    return new EngineProcess(process, folder, classes, logFile, listener);
  }

  /** Where to write lines to the engine. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /**
   * Asks the engine to save and leave. Not {@code Process.destroy()}, which would also close the
   * pipes it speaks through.
   */
  public void stop() {
    process.toHandle().destroy();
  }

  /** Ends the engine at once, with all that it has started. */
  public void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.toHandle().destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits; whether the engine has ended. */
  public boolean ended(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How the engine ended, once it has. */
  public End end() throws InterruptedException, IOException {
    int exit = process.waitFor();
    progress.join(LAST_WORDS);
    log.join(LAST_WORDS);
    if (exit == EngineExit.DONE) {
      classes.keep();
    }
    Path result = folder.resolve("result.json");
    Optional<String> answer =
        Files.exists(result) ? Optional.of(Files.readString(result)) : Optional.empty();
    synchronized (tail) {
      return new End(meant(exit, answer), answer, List.copyOf(tail));
    }
  }

  private static int meant(int exit, Optional<String> answer) {
    if (exit == EngineExit.DONE || answer.isEmpty()) {
      return exit;
    }
    try {
      return CanonicalJson.read(answer.get(), Failure.class).exit().orElse(exit);
    } catch (InvalidConfig anotherResult) {
      return exit;
    }
  }

  /**
   * How an engine ended.
   *
   * @param exit see {@link EngineExit}; the result's own word where a launcher hides it
   * @param result text of the result file
   * @param tail last lines of its log
   */
  public record End(int exit, Optional<String> result, List<String> tail) {}

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    classes.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // a folder left behind harms nobody
    }
  }

  private void keep(InputStream stream, Path file) {
    try (BufferedReader lines = reader(stream);
        Writer out =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write("--- " + Instant.now() + " process " + process.pid() + "\n");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line + "\n");
        out.flush();
        synchronized (tail) {
          tail.addLast(line);
          if (tail.size() > TAIL) {
            tail.removeFirst();
          }
        }
      }
    } catch (IOException closed) {
      // the engine is gone
    }
  }

  private static void follow(InputStream stream, Consumer<Progress> listener) {
    try (BufferedReader lines = reader(stream)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line, listener);
      }
    } catch (IOException closed) {
      // the engine is gone
    }
  }

  private static void hear(String line, Consumer<Progress> listener) {
    Progress said;
    try {
      said = CanonicalJson.read(line, Progress.class);
    } catch (InvalidConfig notProgress) {
      return; // the answers of an engine in conversation, or a torn last line
    }
    listener.accept(said);
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
