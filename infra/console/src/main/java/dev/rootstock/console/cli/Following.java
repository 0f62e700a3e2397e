package dev.rootstock.console.cli;

import dev.rootstock.console.PipelineFile;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Refused;
import dev.rootstock.console.Run;
import dev.rootstock.console.RunWatch;
import dev.rootstock.console.Session;
import dev.rootstock.console.WrongFile;
import dev.rootstock.console.server.Duty;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Starts a run, follows it, and leaves it in good order when told to. */
final class Following {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration FIRST =
      Duration.ofMillis(200); // a run that reuses everything ends soon
  private static final Duration SAVING = Duration.ofSeconds(90);

  private final Terminal terminal;
  private final Platform platform;
  private final Output output;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final AtomicReference<List<String>> waitingOn = new AtomicReference<>(List.of());

  Following(Terminal terminal, Platform platform, Output output) {
    this.terminal = terminal;
    this.platform = platform;
    this.output = output;
  }

  /**
   * Starts a pipeline and follows it to its end, unless {@code detach}.
   *
   * @param file where the pipeline was written, for what turns out to be wrong with it later
   * @param request its paths are absolute
   * @param store as a person wrote it
   * @return how the command ends
   */
  int start(
      PipelineFile file,
      PipelineRequest request,
      String store,
      Optional<String> address,
      boolean detach) {
    try {
      return start(request, store, address, detach);
    } catch (InvalidConfig invalid) {
      throw new WrongFile(invalid.problems().stream().map(file::fault).toList());
    }
  }

  /** The same for a request that was written down before. */
  int start(PipelineRequest request, String store, Optional<String> address, boolean detach) {
    try (Session session = platform.session(address)) {
      terminal.say(session.server().words());
      if (detach && !session.server().outlivesThisProcess()) {
        throw new Refused(
            "--detach needs a server that goes on: rootstock server starts one, or let --temporal or TEMPORAL_ADDRESS name it");
      }
      Run run = session.start(request);
      terminal.say("run " + terminal.bold(run.name()) + "   store " + store);
      warn(session);
      if (detach) {
        terminal.next("rootstock runs watch " + run.name(), "follow it");
        return Exit.DONE;
      }
      List<String> finetunes =
          request.failedOf().isPresent() ? List.of() : Ticker.names(request.pipeline());
      return toTheEnd(session, run, store, finetunes);
    }
  }

  /** Follows a run to its end. */
  int toTheEnd(Session session, Run run, String store, List<String> finetunes) {
    Thread onSignal = new Thread(() -> leave(session, run, store), "leave");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      Optional<PipelineResult> result = run.await(FIRST);
      Ticker ticker = new Ticker(terminal, finetunes);
      while (result.isEmpty()) {
        RunWatch.Glance glance = run.watch().look();
        glance.status().map(RunStatus::waitingOn).ifPresent(waitingOn::set);
        if (!leaving.get()) {
          ticker.tell(glance);
        }
        result = run.await(PERIOD);
      }
      Runtime.getRuntime().removeShutdownHook(onSignal);
      ticker.end();
      return new RunSummary(terminal, output).write(result.get(), platform.runs(store), store);
    } catch (RuntimeException failed) {
      if (leaving.get()) {
        park(); // the hook ends the process
      }
      Runtime.getRuntime().removeShutdownHook(onSignal);
      terminal.draw(List.of());
      throw failed;
    }
  }

  private void leave(Session session, Run run, String store) {
    leaving.set(true);
    terminal.draw(List.of());
    if (session.server().outlivesThisProcess()) {
      terminal.say("run " + run.name() + " goes on.");
      terminal.next("rootstock runs watch " + run.name(), "follow it again");
      return;
    }
    terminal.say("Saving.");
    boolean saved = session.drain(SAVING);
    Optional<Long> step =
        waitingOn.get().stream()
            .filter(id -> id.startsWith("pretrain/"))
            .findFirst()
            .map(id -> new Fingerprint(id.substring("pretrain/".length())))
            .flatMap(base -> platform.savedStep(store, base));
    terminal.say(
        step.map(number -> "Saved step " + number + ". ").orElse("What is finished stays. ")
            + (saved ? "" : "An engine did not leave in time and was ended. ")
            + "Run the same command again to go on.");
    Runtime.getRuntime().halt(Exit.RESUMABLE);
  }

  private static void park() {
    try {
      Thread.sleep(Duration.ofDays(1).toMillis());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void warn(Session session) {
    List<Duty> unserved = session.unserved();
    if (!unserved.isEmpty()) {
      String queues = unserved.stream().map(Duty::queue).collect(Collectors.joining(", "));
      String duties = unserved.stream().map(Duty::toString).collect(Collectors.joining(","));
      terminal.say(
          "Nobody polls "
              + queues
              + ". Start a worker, anywhere with access to the files: rootstock worker --queues "
              + duties);
    }
  }
}
