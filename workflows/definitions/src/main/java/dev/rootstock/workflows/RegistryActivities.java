package dev.rootstock.workflows;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.ModelRef;
import io.temporal.activity.ActivityInterface;

/** Port: names for models. Calling twice registers once. */
@ActivityInterface(namePrefix = "Registry.")
public interface RegistryActivities {
  /**
   * Registers a checkpoint as the next version of {@code name}, or finds the version that is that
   * checkpoint.
   */
  ModelRef registerBase(String store, String run, String name, CheckpointRef checkpoint);

  /** Registers a finetune with its scores and its parent. */
  ModelRef registerFinetune(
      String store, String run, String name, ModelRef parent, FinetuneJob job, Trained graft);

  /** Judges a model by a rule, and moves the alias or not; either is recorded with its reason. */
  Promotion promote(PromoteRequest request);
}
