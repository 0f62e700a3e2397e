package dev.rootstock.activities.engine;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.workflows.Problems;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One engine as one attempt of an activity: beats while it works, stops it when asked, judges how
 * it ended.
 */
final class EngineRun {
  private static final long TELLING =
      1_000_000_000; // nanoseconds; a worker sends fewer by its own options
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int LONGEST_WAIT = 24; // times the shortest; a minute or two
  private static final int LONGEST_NOTE = 500; // characters; a heartbeat stays below 1 KB

  private final EngineSettings settings;
  private final Drain drain;
  private final ActivityExecutionContext context;
  private final long period; // nanoseconds between beats
  private final Patience patience;

  private volatile Progress newest;
  private ActivityCompletionException cancelled;
  private boolean hung;
  private long deadline = Long.MAX_VALUE; // nanoTime of the kill

  EngineRun(EngineSettings settings, Drain drain, ActivityExecutionContext context, String stage) {
    this.settings = settings;
    this.drain = drain;
    this.context = context;
    this.period = Math.min(Beats.period(context).toNanos(), TELLING);
    this.patience = new Patience(settings.rest(), System.nanoTime());
    this.newest = Progress.of(stage);
  }

  /** Carries out an order; the text of its result. */
  String carryOut(EngineCommand command, String verb, Record order, String run, String stage)
      throws IOException, InterruptedException {
    try (EngineProcess engine =
        EngineProcess.start(
            command,
            verb,
            order,
            threads(),
            settings.scratch(),
            settings.log(run, stage),
            said -> newest = said)) {
      attend(engine);
      return judge(engine.end(), stage);
    }
  }

  private int threads() {
    return settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors();
  }

  private void attend(EngineProcess engine) throws InterruptedException {
    long beat = System.nanoTime();
    while (!engine.ended(GLANCE)) {
      long now = System.nanoTime();
      patience.heard(newest, now);
      if (now >= beat) {
        beat(engine);
        beat = now + period;
      }
      if (drain.asked()) {
        stop(engine);
      }
      if (!hung && patience.spent(now)) {
        hung = true;
        deadline = now;
      }
      if (now - deadline >= 0 && deadline != Long.MAX_VALUE) {
        engine.kill();
      }
    }
  }

  /**
   * Goes on after a cancel, so that the server waits while the engine saves; each beat then throws,
   * yet is sent.
   */
  private void beat(EngineProcess engine) {
    try {
      context.heartbeat(brief(newest));
    } catch (ActivityNotExistsException replaced) {
      cancelled = replaced; // another attempt has the work: what this one would save is unwanted
      engine.kill();
    } catch (ActivityCanceledException asked) {
      cancelled = asked;
      stop(engine);
    } catch (ActivityCompletionException leaving) {
      stop(engine);
    }
  }

  private void stop(EngineProcess engine) {
    if (deadline == Long.MAX_VALUE) {
      engine.stop();
      deadline = System.nanoTime() + settings.grace().toNanos();
    }
  }

  private String judge(EngineProcess.End end, String stage) {
    if (end.exit() == EngineExit.DONE && end.result().isPresent()) {
      return end.result().get();
    }
    if (cancelled != null) {
      throw cancelled;
    }
    if (hung) {
      throw ApplicationFailure.newFailure(
          stage
              + " did not move for "
              + patience.rested(System.nanoTime()).toSeconds()
              + " s and was ended",
          "Hung");
    }
    Optional<Failure> told = failure(end);
    switch (end.exit()) {
      case EngineExit.INVALID -> {
        if (told.isPresent()) {
          throw ApplicationFailure.newNonRetryableFailure(
              told.get().message(), Problems.INVALID, new Problems(told.get().problems()));
        }
      }
      case EngineExit.HOPELESS -> {
        if (told.isPresent()) {
          throw ApplicationFailure.newNonRetryableFailure(told.get().message(), told.get().kind());
        }
      }
      case EngineExit.RESUMABLE, EngineExit.TERMINATED ->
          throw ApplicationFailure.newBuilder()
              .setType(Leave.DRAINING)
              .setMessage(stage + " saved and left; it goes on from there")
              .setNextRetryDelay(settings.retry())
              .setCategory(ApplicationErrorCategory.BENIGN)
              .build();
      default -> {
        // broke
      }
    }
    throw ApplicationFailure.newBuilder()
        .setType("EngineFailed")
        .setMessage(
            stage + " ended with exit code " + end.exit() + "; its last words:\n" + words(end))
        .setNextRetryDelay(pause())
        .build();
  }

  /** Longer with each attempt; a first failure may be no more than a process that was killed. */
  private Duration pause() {
    return settings.retry().multipliedBy(Math.min(context.getInfo().getAttempt(), LONGEST_WAIT));
  }

  private static Optional<Failure> failure(EngineProcess.End end) {
    try {
      return end.result().map(text -> CanonicalJson.read(text, Failure.class));
    } catch (InvalidConfig notOne) {
      return Optional.empty();
    }
  }

  private static String words(EngineProcess.End end) {
    String all = String.join("\n", end.tail());
    return all.length() > 2000 ? "…" + all.substring(all.length() - 2000) : all;
  }

  private static Progress brief(Progress said) {
    if (said.note().orElse("").length() <= LONGEST_NOTE) {
      return said;
    }
    return new Progress(
        said.stage(),
        said.done(),
        said.total(),
        said.unit(),
        said.loss(),
        said.rate(),
        said.perSecondOf(),
        said.secondsLeft(),
        said.checkpoint(),
        said.note().map(note -> note.substring(0, LONGEST_NOTE) + "…"),
        said.notes());
  }
}
