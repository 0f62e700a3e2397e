package dev.rootstock.console.server;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Temporal's development server as a process of its own, on loopback, which keeps runs in a file of
 * the workspace. Not for production: nobody is asked for a name. Thread-safe.
 */
public final class LocalServer {
  private static final String NOTE = "server.json";
  private static final String ATTRIBUTE = "RootstockRun=Keyword";

  private LocalServer() {}

  /**
   * What is written down of a server that runs: {@code .rootstock/server.json}.
   *
   * @param began of the process, so that a later one of the same number is not taken for it
   * @param address {@code 127.0.0.1:7233}
   * @param page Temporal's own web page
   * @param file of its runs
   */
  public record Note(
      long pid, Instant began, String address, String page, String version, String file)
      implements HandedOn {
    /** Whether that process lives. */
    public boolean lives() {
      return process().isPresent();
    }

    /** That process, if it lives. */
    public Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(found -> Host.began(found).map(began::equals).orElse(true));
    }

    public int port() {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    public int pagePort() {
      return Integer.parseInt(page.substring(page.lastIndexOf(':') + 1));
    }

    /** One line for people. */
    public String words() {
      return "Temporal: local server "
          + version
          + ", keeps runs in "
          + file
          + ", UI "
          + page
          + ". Not for production.";
    }
  }

  /**
   * Starts one, and returns at once: it is asked for answers by whoever connects.
   *
   * @param workspace where its file, its log and its note lie
   * @param port 0: any that is free
   * @param pagePort 0: any that is free
   * @throws NoAnswer if somebody listens at one of them: it would be taken for this one
   */
  public static Note start(TemporalBinary binary, Path workspace, int port, int pagePort)
      throws IOException {
    int own = unclaimed("--port", port);
    int page = unclaimed("--ui-port", pagePort);
    Files.createDirectories(workspace.resolve("logs"));
    String version = binary.version();
    Path file = workspace.resolve("temporal-" + version + ".db"); // a newer one changes its tables
    List<String> line = new ArrayList<>(ofItsOwn());
    line.addAll(
        List.of(
            binary.path().toString(),
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--port",
            String.valueOf(own),
            "--ui-port",
            String.valueOf(page),
            "--db-filename",
            file.toString(),
            "--search-attribute",
            ATTRIBUTE,
            "--log-level",
            "warn"));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    workspace.resolve("logs").resolve("temporal.log").toFile()))
            .start();
    process.getOutputStream().close();
    Note note =
        new Note(
            process.pid(),
            Host.began(process.toHandle()).orElseGet(Instant::now),
            "127.0.0.1:" + own,
            "http://127.0.0.1:" + page,
            version,
            file.toString());
    Path draft = workspace.resolve(NOTE + ".new");
    Files.writeString(draft, CanonicalJson.pretty(note));
    Files.move(draft, workspace.resolve(NOTE), StandardCopyOption.REPLACE_EXISTING);
    return note;
  }

  /** A session of its own, so that Ctrl-C at the console does not reach it before the console. */
  private static List<String> ofItsOwn() {
    Path setsid = Path.of("/usr/bin/setsid");
    return Files.isExecutable(setsid) ? List.of(setsid.toString()) : List.of();
  }

  private static int unclaimed(String option, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      throw new NoAnswer(
          "port "
              + port
              + " is taken by another program; give another by "
              + option
              + ", 0 for any that is free",
          taken);
    }
  }

  /**
   * The one that was started in a workspace and not stopped, alive or not.
   *
   * @throws NoAnswer if the note of it can not be read
   */
  public static Optional<Note> noted(Path workspace) {
    Path note = workspace.resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CanonicalJson.read(Files.readString(note), Note.class));
    } catch (IOException | InvalidConfig unreadable) {
      throw new NoAnswer(
          note + " can not be read: " + unreadable.getMessage() + "; delete it", unreadable);
    }
  }

  /** Ends a server and forgets it; its file of runs stays. True if it was alive. */
  public static boolean stop(Path workspace) throws IOException {
    Optional<ProcessHandle> process = noted(workspace).flatMap(Note::process);
    process.ifPresent(ProcessHandle::destroy);
    process.ifPresent(ending -> ending.onExit().join());
    Files.deleteIfExists(workspace.resolve(NOTE));
    return process.isPresent();
  }
}
