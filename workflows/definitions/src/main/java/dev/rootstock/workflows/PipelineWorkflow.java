package dev.rootstock.workflows;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A base grown once or found, and finetunes grafted onto it. Id {@code pipeline/<run>}. */
@WorkflowInterface
public interface PipelineWorkflow {
  @WorkflowMethod(name = "PipelineWorkflow")
  PipelineResult run(PipelineRequest request);

  @QueryMethod
  RunStatus progress();
}
