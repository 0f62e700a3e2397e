package dev.rootstock.workflows;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/** See {@link FinetuneBatchWorkflow}. */
public final class FinetuneBatchWorkflowImpl implements FinetuneBatchWorkflow {
  private final RequestActivities requests;

  private BatchResult result = BatchResult.NONE;
  private int active;

  public FinetuneBatchWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public FinetuneBatchWorkflowImpl(Steps steps) {
    this.requests = steps.control().on(RequestActivities.class);
  }

  @Override
  public BatchResult run(FinetuneBatchRequest request) {
    result = request.done();
    int next = request.from();
    try {
      while (next < request.to() && !Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(() -> active < request.window());
        start(request, next++);
      }
      Workflow.await(() -> active == 0);
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(() -> Workflow.await(() -> active == 0)).run();
      throw cancelled;
    }
    if (next < request.to()) {
      Workflow.continueAsNew(request.from(next, result));
    }
    return result;
  }

  private void start(FinetuneBatchRequest request, int index) {
    FinetuneWorkflow finetune =
        Workflow.newChildWorkflowStub(
            FinetuneWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId("finetune/" + request.run() + "/" + index)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build());
    active++;
    Async.function(finetune::run, request.job(index))
        .handle(
            (outcome, failure) -> {
              if (failure == null) {
                result = result.oneDone();
                active--;
              } else {
                Async.procedure(() -> count(request, index, failure));
              }
              return null;
            });
  }

  /** The list of jobs alone knows a failed one's name. */
  private void count(FinetuneBatchRequest request, int index, RuntimeException failure) {
    String name = "number " + index;
    try {
      if (!CancellationScope.current().isCancelRequested()) {
        name = requests.job(request.store(), request.jobs(), index).name();
      }
    } finally {
      result = result.oneFailed(new BatchResult.Failed(name, Reasons.of(failure)));
      active--;
    }
  }

  @Override
  public BatchResult progress() {
    return result;
  }
}
