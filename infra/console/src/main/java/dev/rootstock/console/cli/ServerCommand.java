package dev.rootstock.console.cli;

import dev.rootstock.console.Platform;
import dev.rootstock.console.Refused;
import dev.rootstock.console.Session;
import dev.rootstock.console.server.Duty;
import dev.rootstock.console.server.LocalServer;
import dev.rootstock.console.server.Restarts;
import dev.rootstock.console.server.TemporalBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "server",
    description = {
      "A local Temporal server that keeps runs in a file of .rootstock, its web page, and a worker on it, until stopped.",
      "",
      "While it runs, every command in this folder uses it: a run goes on when its command ends, and when the server is"
          + " killed and started again. Ctrl-C lets engines save first.",
      "",
      "  rootstock doctor --install-temporal     builds Temporal's command, once",
      "  rootstock server                        in one terminal",
      "  rootstock run FILE                      in another"
    })
final class ServerCommand implements Callable<Integer> {
  private static final Duration SAVING = Duration.ofSeconds(90);

  private final Terminal terminal;
  private final AtomicBoolean leaving = new AtomicBoolean();

  @Option(
      names = "--port",
      defaultValue = "7233",
      description = "on 127.0.0.1; 0: any that is free; default ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--ui-port",
      defaultValue = "8233",
      description = "of Temporal's web page; default ${DEFAULT-VALUE}")
  private int page;

  @Option(names = "--no-worker", description = "only the server: workers are started elsewhere")
  private boolean bare;

  @Option(names = "--grafts", description = "finetunes at once; default: as many as cores")
  private int grafts = Runtime.getRuntime().availableProcessors();

  ServerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Platform platform = Platform.here()) {
      Path workspace = platform.workspace().folder();
      LocalServer.Note note = running(workspace);
      try (Session session = platform.local(note)) {
        terminal.say(session.server().words());
        if (!bare) {
          session.serve(EnumSet.allOf(Duty.class), grafts);
        }
        terminal.say((bare ? "No worker. " : "Serving all queues. ") + "Ctrl-C to stop.");
        terminal.next("rootstock run FILE", "in another terminal, in this folder");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(session, workspace), "leave"));
        keep(workspace, note);
      }
      return Exit.DONE;
    }
  }

  /** The one that runs in this folder already, or a new one. */
  private LocalServer.Note running(Path workspace) throws IOException {
    Optional<LocalServer.Note> noted = LocalServer.noted(workspace);
    if (noted.isPresent() && noted.get().lives()) {
      terminal.say("The server of process " + noted.get().pid() + " goes on.");
      return noted.get();
    }
    TemporalBinary binary =
        TemporalBinary.find(System.getenv())
            .orElseThrow(
                () ->
                    new Refused(
                        "there is no Temporal command here. Build it: rootstock doctor"
                            + " --install-temporal; or put temporal on the PATH, or let"
                            + " ROOTSTOCK_TEMPORAL name it."));
    return LocalServer.start(binary, workspace, port, page);
  }

  /**
   * Starts the server again on its file, at its ports, whenever it ends of itself.
   *
   * @throws Refused if it can not live here
   */
  private void keep(Path workspace, LocalServer.Note first)
      throws IOException, InterruptedException {
    LocalServer.Note note = first;
    Restarts restarts = new Restarts();
    while (true) {
      note.process().ifPresent(process -> process.onExit().join());
      if (leaving.get()) {
        new CountDownLatch(1).await(); // the hook ends the process
      }
      if (!restarts.allowed(Duration.between(note.began(), Instant.now()))) {
        throw new Refused(
            "the server ends as soon as it is started; .rootstock/logs/temporal.log says why. Then:"
                + " rootstock server");
      }
      terminal.say(
          "The server ended (see .rootstock/logs/temporal.log); it is started again on its file.");
      TemporalBinary binary = TemporalBinary.find(System.getenv()).orElseThrow();
      note = LocalServer.start(binary, workspace, note.port(), note.pagePort());
    }
  }

  private void leave(Session session, Path workspace) {
    leaving.set(true);
    terminal.say("Saving.");
    boolean saved = bare || session.drain(SAVING);
    terminal.say(
        saved
            ? "Saved. Runs are kept: rootstock server goes on with them."
            : "An engine did not leave in time and was ended; runs are kept.");
    try {
      LocalServer.stop(workspace);
    } catch (IOException stays) {
      terminal.say("The note of the server stays: " + stays.getMessage());
    }
  }

  @Command(description = "End the server of this folder; its runs are kept.")
  int stop() throws IOException {
    try (Platform platform = Platform.here()) {
      boolean lived = LocalServer.stop(platform.workspace().folder());
      terminal.say(lived ? "Stopped; its runs are kept." : "There is none running in this folder.");
      return Exit.DONE;
    }
  }

  @Command(description = "Whether a server runs in this folder, and where.")
  int status(@Mixin Output output) {
    try (Platform platform = Platform.here()) {
      Optional<LocalServer.Note> note = LocalServer.noted(platform.workspace().folder());
      boolean lives = note.isPresent() && note.get().lives();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("running", lives);
      note.ifPresent(noted -> facts.put("server", noted));
      output.write(
          terminal,
          "rootstock.server/1",
          facts,
          note.map(
                      noted ->
                          lives ? noted.words() : "It has ended; rootstock server starts it again.")
                  .orElse("There is none in this folder; rootstock server starts one.")
              + "\n");
      return lives ? Exit.DONE : Exit.FAILED;
    }
  }
}
