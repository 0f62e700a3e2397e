package dev.rootstock.workflows;

import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;

/**
 * Ends runs of types that nobody has, which would wait for ever. Off while old and new workers
 * share a queue.
 */
public final class UnknownWorkflow implements DynamicWorkflow {
  @Override
  public Object execute(EncodedValues arguments) {
    throw ApplicationFailure.newNonRetryableFailure(
        "there is no workflow type "
            + Workflow.getInfo().getWorkflowType()
            + "; there are PipelineWorkflow, DatasetWorkflow, PretrainWorkflow, FinetuneBatchWorkflow and"
            + " FinetuneWorkflow",
        "UnknownWorkflow");
  }
}
