package dev.rootstock.workflows;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A list of finetunes, a window at a time; one that fails is recorded, not fatal. Id {@code
 * finetune-batch/<run>}.
 */
@WorkflowInterface
public interface FinetuneBatchWorkflow {
  @WorkflowMethod(name = "FinetuneBatchWorkflow")
  BatchResult run(FinetuneBatchRequest request);

  /** How many have ended so far. */
  @QueryMethod
  BatchResult progress();
}
