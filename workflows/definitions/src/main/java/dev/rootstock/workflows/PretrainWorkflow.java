package dev.rootstock.workflows;

import dev.rootstock.contract.CheckpointRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Tokens to a base, once for all who ask. Id {@code pretrain/<fp>}. */
@WorkflowInterface
public interface PretrainWorkflow {
  @WorkflowMethod(name = "PretrainWorkflow")
  CheckpointRef run(PretrainRequest request);

  /** {@code training}, {@code pausing}, {@code paused} or {@code done}. */
  @QueryMethod
  String state();

  /** Saves and stops; returns once it is saved. Acts on all who wait for this base. */
  @UpdateMethod
  void pause();

  @UpdateValidatorMethod(updateName = "pause")
  void canPause();

  /** Goes on from the newest checkpoint, on any worker. */
  @UpdateMethod
  void resume();

  @UpdateValidatorMethod(updateName = "resume")
  void canResume();
}
