package dev.rootstock.workflows;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import io.temporal.activity.ActivityInterface;

/**
 * Port: tokens to models, each found if it was made before. Heartbeats carry the engine's progress.
 */
@ActivityInterface(namePrefix = "Training.")
public interface TrainingActivities {
  CheckpointRef pretrain(PretrainOrder order);

  /**
   * @param name of the finetune, for its outcome
   */
  Trained finetune(String name, FinetuneOrder order);
}
