package dev.rootstock.console;

import dev.rootstock.contract.engine.Progress;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.FinetuneBatchWorkflow;
import dev.rootstock.workflows.PipelineWorkflow;
import dev.rootstock.workflows.RunStatus;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a pipeline under way. The workflow knows its stage; the live figures are heartbeats of
 * the activities at work. Thread-safe.
 */
public final class RunWatch {
  private static final int MOST = 32; // children looked at in one glance

  private final WorkflowClient client;
  private final String id;
  private final DataConverter converter;

  RunWatch(WorkflowClient client, String id) {
    this.client = client;
    this.id = id;
    this.converter = client.getOptions().getDataConverter();
  }

  /**
   * One glance.
   *
   * @param status empty while nobody answers for the workflow
   * @param batch how the finetunes stand, once there are any
   * @param working activities at work now
   */
  public record Glance(
      Optional<RunStatus> status, Optional<BatchResult> batch, List<Working> working) {}

  /**
   * One activity under way.
   *
   * @param workflow id of the workflow it belongs to
   * @param activity its type
   * @param started whether a worker has it; else it waits for one
   * @param attempt from 1
   * @param progress its newest words, if it has said any
   * @param failure why the attempt before ended
   */
  public record Working(
      String workflow,
      String activity,
      boolean started,
      int attempt,
      Optional<Progress> progress,
      Optional<String> failure) {}

  /** Looks once; a server that does not answer just now leaves the glance empty. */
  public Glance look() {
    Optional<RunStatus> status = status();
    List<Working> working = new ArrayList<>();
    Optional<BatchResult> batch = Optional.empty();
    List<String> ids = status.map(RunStatus::waitingOn).orElse(List.of());
    for (String other : ids) {
      Optional<DescribeWorkflowExecutionResponse> described = describe(other);
      described.ifPresent(found -> add(found, working));
      if (other.startsWith("finetune-batch/")) {
        batch = batch(other);
        described.ifPresent(
            found ->
                found.getPendingChildrenList().stream()
                    .limit(MOST)
                    .forEach(
                        child ->
                            describe(child.getWorkflowId())
                                .ifPresent(graft -> add(graft, working))));
      }
    }
    if (ids.isEmpty()) {
      describe(id).ifPresent(found -> add(found, working));
    }
    return new Glance(status, batch, working);
  }

  private Optional<RunStatus> status() {
    try {
      return Optional.of(client.newWorkflowStub(PipelineWorkflow.class, id).progress());
    } catch (WorkflowException | StatusRuntimeException silent) {
      return Optional.empty();
    }
  }

  private Optional<BatchResult> batch(String other) {
    try {
      return Optional.of(client.newWorkflowStub(FinetuneBatchWorkflow.class, other).progress());
    } catch (WorkflowException | StatusRuntimeException silent) {
      return Optional.empty();
    }
  }

  private Optional<DescribeWorkflowExecutionResponse> describe(String other) {
    try {
      return Optional.of(
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(other))
                      .build()));
    } catch (StatusRuntimeException absent) {
      return Optional.empty();
    }
  }

  private void add(DescribeWorkflowExecutionResponse described, List<Working> working) {
    String workflow = described.getWorkflowExecutionInfo().getExecution().getWorkflowId();
    for (PendingActivityInfo activity : described.getPendingActivitiesList()) {
      working.add(
          new Working(
              workflow,
              activity.getActivityType().getName(),
              activity.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED,
              activity.getAttempt(),
              progress(activity),
              activity.hasLastFailure()
                  ? Optional.of(activity.getLastFailure().getMessage())
                  : Optional.empty()));
    }
  }

  private Optional<Progress> progress(PendingActivityInfo activity) {
    try {
      return activity.hasHeartbeatDetails()
          ? Optional.ofNullable(
              converter.fromPayloads(
                  0, Optional.of(activity.getHeartbeatDetails()), Progress.class, Progress.class))
          : Optional.empty();
    } catch (DataConverterException ofAnother) {
      return Optional.empty();
    }
  }
}
