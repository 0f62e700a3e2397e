package dev.rootstock.console.cli;

import dev.rootstock.console.Run;
import dev.rootstock.console.Workspace;
import dev.rootstock.console.demo.EngineLog;
import dev.rootstock.contract.engine.Progress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills the demo's own pretraining half-way, once, and tells afterwards what that cost. */
final class Sabotage implements AutoCloseable {
  private final Terminal terminal;
  private final Run run;
  private final EngineLog log;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean done;

  Sabotage(Terminal terminal, Workspace workspace, Run run) {
    this.terminal = terminal;
    this.run = run;
    this.log = new EngineLog(workspace.log().resolveSibling(run.name()).resolve("pretrain.log"));
    clock.scheduleWithFixedDelay(this::lookOut, 1, 1, TimeUnit.SECONDS);
  }

  private void lookOut() {
    Optional<Progress> training =
        run.watch().look().working().stream()
            .filter(working -> working.workflow().startsWith("pretrain/"))
            .flatMap(working -> working.progress().stream())
            .filter(progress -> progress.loss().isPresent())
            .findFirst();
    if (!done && training.filter(Sabotage::isHalfway).isPresent()) {
      kill(training.get());
    }
  }

  /** Some steps past a checkpoint, so that there is something to do twice. */
  private static boolean isHalfway(Progress progress) {
    return progress
            .checkpoint()
            .filter(saved -> progress.done() > saved + progress.total() / 100)
            .isPresent()
        && progress.done() * 2 >= progress.total();
  }

  private void kill(Progress progress) {
    OptionalLong process = log.process();
    if (process.isPresent()) {
      done = true;
      ProcessHandle.of(process.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
      terminal.say(
          terminal.red("kill -9 " + process.getAsLong())
              + "   the demo kills its own engine at step "
              + progress.done()
              + "; step "
              + progress.checkpoint().orElseThrow()
              + " is saved");
    }
  }

  /** What the kill cost; to be called when the run has ended. */
  void verdict() {
    if (done) {
      EngineLog.Repeated repeated = log.repeated();
      terminal.say(
          "after the kill "
              + repeated.steps()
              + " steps were done twice; "
              + repeated.equal()
              + " of their losses are equal to the last digit");
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
