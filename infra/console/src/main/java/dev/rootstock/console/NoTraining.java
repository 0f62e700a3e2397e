package dev.rootstock.console;

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
import java.util.Map;
import java.util.Optional;

/**
 * {@link TrainingActivities} that train nothing, to time what is around them.
 *
 * @param failing finetunes of seeds below this fail for good
 */
record NoTraining(int failing) implements TrainingActivities {
  private static final Scores SCORES = new Scores(Map.of("accuracy", 0.5, "macro-f1", 0.5), 100);

  @Override
  public CheckpointRef pretrain(PretrainOrder order) {
    throw ApplicationFailure.newNonRetryableFailure("nothing is trained here", "NoTraining");
  }

  @Override
  public Trained finetune(String name, FinetuneOrder order) {
    if (order.finetune().seed() < failing) {
      throw ApplicationFailure.newNonRetryableFailure(
          "number " + order.finetune().seed() + " was asked to fail", "Diverged");
    }
    CheckpointRef base = order.base().orElseThrow();
    CheckpointRef checkpoint =
        new CheckpointRef(
            order.fingerprint(),
            Stage.FINETUNE.at(order.fingerprint()) + "/step-00000010",
            10,
            base.shape(),
            order.tokenizer(),
            Optional.of(base.location()));
    FinetuneResult result =
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
            Optional.empty());
    return new Trained(
        result,
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
