package dev.rootstock.workflows;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One graft: train, evaluate, compare, register, promote. Id {@code finetune/<run>/<index>}. */
@WorkflowInterface
public interface FinetuneWorkflow {
  @WorkflowMethod(name = "FinetuneWorkflow")
  FinetuneOutcome run(FinetuneRequest request);
}
