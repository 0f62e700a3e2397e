package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the engine as it is packed, with a class path that the build wrote. */
final class EngineProcesses {
  private static final long PATIENCE = 300; // seconds, on a busy machine

  private final Path folder;
  private final Path classPath;
  private final Map<String, String> environment;
  private Path newest = Path.of("");
  private int count;

  EngineProcesses(Path folder) {
    this(folder, Map.of());
  }

  EngineProcesses(Path folder, Map<String, String> environment) {
    this(folder, Path.of("target", "program.classpath"), environment);
  }

  EngineProcesses(Path folder, Path classPath) {
    this(folder, classPath, Map.of());
  }

  EngineProcesses(Path folder, Path classPath, Map<String, String> environment) {
    this.folder = folder;
    this.classPath = classPath;
    this.environment = environment;
  }

  /** Starts a verb; its progress and log go to files. */
  Process start(String verb, Record order) throws IOException {
    newest = Files.createDirectories(folder.resolve("engine-" + count++ + "-" + verb));
    Path spec = Files.writeString(newest.resolve("order.json"), CanonicalJson.write(order));
    String program =
        Path.of("target", "rootstock-preprocess.jar")
            + File.pathSeparator
            + Files.readString(classPath).strip();
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("jvm.options").toAbsolutePath(),
            "-Xmx512m",
            "-cp",
            program,
            PreprocessMain.class.getName(),
            verb,
            spec.toString(),
            result().toString());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectOutput(newest.resolve("progress").toFile())
            .redirectError(newest.resolve("log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  Path result() {
    return newest.resolve("result.json");
  }

  String log() throws IOException {
    return Files.readString(newest.resolve("log"));
  }

  /** The newest engine's progress lines that are whole. */
  List<Progress> progress() {
    try {
      List<Progress> lines = new ArrayList<>();
      for (String line : Files.readAllLines(newest.resolve("progress"))) {
        if (line.endsWith("}")) {
          lines.add(CanonicalJson.read(line, Progress.class));
        }
      }
      return lines;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static int exitOf(Process engine) throws InterruptedException {
    try {
      assertThat(engine.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return engine.exitValue();
    } finally {
      engine.destroyForcibly();
    }
  }

  /** Carries an order out and reads its answer. */
  <T> T done(String verb, Record order, Class<T> type) throws Exception {
    int exit = exitOf(start(verb, order));
    assertThat(exit).as(log()).isEqualTo(EngineExit.DONE);
    return CanonicalJson.read(Files.readString(result()), type);
  }
}
