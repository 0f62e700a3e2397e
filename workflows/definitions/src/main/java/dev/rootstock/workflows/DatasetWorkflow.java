package dev.rootstock.workflows;

import dev.rootstock.contract.DatasetRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A pinned corpus to documents, a tokenizer and tokens. Id {@code dataset/<fp of the tokens>}. */
@WorkflowInterface
public interface DatasetWorkflow {
  @WorkflowMethod(name = "DatasetWorkflow")
  DatasetRef run(DatasetRequest request);
}
