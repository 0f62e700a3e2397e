package dev.rootstock.activities.standin;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.workflows.StageOutcome;
import dev.rootstock.workflows.Trained;
import dev.rootstock.workflows.TrainingActivities;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Finetunes that train nothing; those of some seeds fail for good. Thread-safe. */
public final class QuickGrafts implements TrainingActivities {
  private static final Scores SCORES = new Scores(Map.of("accuracy", 0.5, "macro-f1", 0.5), 20);

  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger trained = new AtomicInteger();
  private volatile List<Long> failing = List.of();

  /** From now on these seeds fail. */
  public void failing(List<Long> seeds) {
    failing = List.copyOf(seeds);
  }

  /** How many were asked for, those that failed with them. */
  public int trained() {
    return trained.get();
  }

  public int mostAtOnce() {
    return most.get();
  }

  @Override
  public CheckpointRef pretrain(PretrainOrder order) {
    throw new UnsupportedOperationException("only finetunes");
  }

  @Override
  public Trained finetune(String name, FinetuneOrder order) {
    int now = active.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    trained.incrementAndGet();
    try {
      long seed = order.finetune().seed();
      if (failing.contains(seed)) {
        throw ApplicationFailure.newNonRetryableFailure("seed " + seed, "Diverged");
      }
      return trained(name, order);
    } finally {
      active.decrementAndGet();
    }
  }

  private static Trained trained(String name, FinetuneOrder order) {
    CheckpointRef base = order.base().orElseThrow();
    CheckpointRef checkpoint =
        new CheckpointRef(
            order.fingerprint(),
            Stage.FINETUNE.at(order.fingerprint()) + "/step-00000010",
            10,
            base.shape(),
            order.tokenizer(),
            Optional.of(base.location()));
    return new Trained(
        new FinetuneResult(
            checkpoint,
            SCORES,
            Optional.of(SCORES),
            Optional.empty(),
            Optional.empty(),
            40,
            10,
            1000,
            Spent.NOTHING,
            Optional.empty()),
        new StageOutcome(
            Stage.FINETUNE,
            name,
            order.fingerprint(),
            StageOutcome.How.MADE,
            order.attempt().run(),
            Instant.now(),
            Spent.NOTHING));
  }
}
