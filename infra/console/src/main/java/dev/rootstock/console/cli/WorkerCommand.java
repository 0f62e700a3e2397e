package dev.rootstock.console.cli;

import dev.rootstock.console.Platform;
import dev.rootstock.console.Refused;
import dev.rootstock.console.Session;
import dev.rootstock.console.server.Duty;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "worker",
    description =
        "Serve a Temporal server's queues until stopped; SIGTERM and Ctrl-C let engines save first.")
final class WorkerCommand implements Callable<Integer> {
  private static final Duration SAVING = Duration.ofSeconds(90);

  private final Terminal terminal;

  @Option(
      names = "--queues",
      split = ",",
      paramLabel = "QUEUE",
      description = "of workflows, control, attach, data, train, graft; default: all")
  private List<Duty> duties = List.of();

  @Option(names = "--grafts", description = "finetunes at once; default: as many as cores")
  private int grafts = Runtime.getRuntime().availableProcessors();

  @Mixin private final ServerOption server = new ServerOption();

  WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Platform platform = Platform.here()) {
      Session session =
          platform
              .remote(server.address())
              .orElseThrow(
                  () ->
                      new Refused(
                          "a worker needs a server: rootstock server starts one, or let --temporal or TEMPORAL_ADDRESS name it."
                              + " Without one, rootstock run does the work itself."));
      Set<Duty> served = duties.isEmpty() ? EnumSet.allOf(Duty.class) : EnumSet.copyOf(duties);
      terminal.say(session.server().words());
      session.serve(served, grafts);
      terminal.say(
          "Serving "
              + String.join(", ", served.stream().map(Duty::queue).toList())
              + ". Ctrl-C to stop.");
      terminal.next("rootstock run FILE", "from anywhere that reaches the server");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(session), "leave"));
      new CountDownLatch(1).await(); // until a signal
      return Exit.DONE;
    }
  }

  private void leave(Session session) {
    terminal.say("Saving.");
    terminal.say(
        session.drain(SAVING)
            ? "Saved; others go on from there."
            : "An engine did not leave in time and was ended.");
  }
}
