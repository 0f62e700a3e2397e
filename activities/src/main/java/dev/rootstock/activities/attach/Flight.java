package dev.rootstock.activities.attach;

import dev.rootstock.contract.engine.Progress;
import dev.rootstock.workflows.Problems;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Reasons;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The workflow that makes one shared artifact: joined if it runs, else started. Waiting for it
 * shows signs of life, and ends with the waiter; the workflow itself goes on for others.
 *
 * @param slice between signs of life
 */
record Flight(
    WorkflowClient client,
    ActivityExecutionContext context,
    String type,
    String id,
    Duration slice) {
  /** Whether the artifact is whole. */
  interface Look {
    boolean whole() throws IOException;
  }

  /** Returns once the artifact is whole. */
  void land(Record request, Look look) throws IOException {
    await(
        board(request, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY));
    if (!look.whole()) { // completed once, and what it made was collected since
      await(board(request, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE));
    }
  }

  private WorkflowStub board(Record request, WorkflowIdReusePolicy reuse) {
    WorkflowStub started =
        client.newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setTaskQueue(Queues.WORKFLOWS)
                .setWorkflowId(id)
                .setWorkflowIdReusePolicy(reuse)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    try {
      started.start(request);
      return started;
    } catch (WorkflowExecutionAlreadyStarted completed) {
      return client.newUntypedWorkflowStub(id);
    }
  }

  private void await(WorkflowStub flight) {
    while (true) {
      context.heartbeat(Progress.of("waiting for " + id));
      try {
        flight.getResult(slice.toMillis(), TimeUnit.MILLISECONDS, Object.class);
        return;
      } catch (TimeoutException stillFlying) {
        continue;
      } catch (WorkflowFailedException crashed) {
        throw failed(crashed);
      }
    }
  }

  /**
   * Not to be retried: that would start what is doomed again and again, for a failed id may be
   * started anew.
   */
  private ApplicationFailure failed(WorkflowFailedException crashed) {
    Throwable deepest = crashed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof ApplicationFailure invalid
        && Problems.INVALID.equals(invalid.getType())) {
      return ApplicationFailure.newNonRetryableFailure(
          invalid.getOriginalMessage(), Problems.INVALID, invalid.getDetails().get(Problems.class));
    }
    return ApplicationFailure.newNonRetryableFailure(
        id + " ended: " + Reasons.of(crashed), "SharedStageFailed", Reasons.type(crashed));
  }
}
