package dev.rootstock.workflows;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;

/** See {@link FinetuneBatchWorkflow}. */
public final class FinetuneBatchWorkflowImpl implements FinetuneBatchWorkflow {
  private static final int PAGES = 50; // a list no longer than this has a workflow for each

  private final RequestActivities requests;
  private final GraftActivities grafts;
  private final ReportActivities reports;

  private BatchResult result = BatchResult.NONE;
  private int active;

  public FinetuneBatchWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public FinetuneBatchWorkflowImpl(Steps steps) {
    this.requests = steps.control().on(RequestActivities.class);
    this.grafts = steps.graft().on(GraftActivities.class);
    this.reports = steps.control().on(ReportActivities.class);
  }

  @Override
  public BatchResult run(FinetuneBatchRequest request) {
    result = request.done();
    boolean pages = havePages(request);
    int next = request.from();
    try {
      while (next < request.to() && hasRoom(request)) {
        Workflow.await(() -> active < request.window());
        active++;
        int index = next++;
        Promise<?> finetune = pages ? workflow(request, index) : activity(request, index);
        finetune.handle(
            (outcome, failure) -> {
              if (failure == null) {
                result = result.oneDone();
                active--;
              } else {
                Async.procedure(() -> count(request, index, pages, failure));
              }
              return null;
            });
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

  private static boolean hasRoom(FinetuneBatchRequest request) {
    WorkflowInfo info = Workflow.getInfo();
    return !info.isContinueAsNewSuggested() && info.getHistoryLength() < request.events();
  }

  /** By the list's end, which stays when the workflow continues as new. */
  private static boolean havePages(FinetuneBatchRequest request) {
    return request.to() <= PAGES
        || Workflow.getVersion("an-activity-each", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION;
  }

  private static Promise<FinetuneOutcome> workflow(FinetuneBatchRequest request, int index) {
    FinetuneWorkflow finetune =
        Workflow.newChildWorkflowStub(
            FinetuneWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId("finetune/" + request.run() + "/" + index)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build());
    return Async.function(finetune::run, request.job(index));
  }

  private Promise<Void> activity(FinetuneBatchRequest request, int index) {
    return Async.procedure(grafts::graft, request.job(index));
  }

  /** The list of jobs alone knows a failed one's name. */
  private void count(
      FinetuneBatchRequest request, int index, boolean pages, RuntimeException failure) {
    String name = "number " + index;
    String reason = Reasons.of(failure);
    try {
      if (!CancellationScope.current().isCancelRequested()) {
        name =
            pages
                ? requests.job(request.store(), request.jobs(), index).name()
                : reports.keepFailureOf(request.job(index), reason);
      }
    } finally {
      result = result.oneFailed(new BatchResult.Failed(name, reason));
      active--;
    }
  }

  @Override
  public BatchResult progress() {
    return result;
  }
}
