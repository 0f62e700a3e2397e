package dev.rootstock.console;

import dev.rootstock.console.server.Duty;
import dev.rootstock.console.server.Ports;
import dev.rootstock.console.server.TemporalServer;
import dev.rootstock.console.server.Workers;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PretrainWorkflow;
import dev.rootstock.workflows.Queues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A Temporal server in use: runs are started and followed on it, and this process may serve its
 * queues. Thread-safe.
 */
public final class Session implements AutoCloseable {
  private static final Duration LOCAL_BEAT = Duration.ofSeconds(1);
  private static final Duration REMOTE_BEAT = Duration.ofSeconds(5);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final TemporalServer server;
  private final Function<WorkflowClient, Ports> crew;
  private final OwnRuns own;
  private volatile Optional<Workers> workers = Optional.empty();

  /**
   * @param crew makes the activities, for a client of the server
   * @param own where runs are noted that end with this process
   */
  Session(TemporalServer server, Function<WorkflowClient, Ports> crew, OwnRuns own) {
    this.server = server;
    this.crew = crew;
    this.own = own;
    if (!server.outlivesThisProcess()) {
      serve(EnumSet.allOf(Duty.class), Runtime.getRuntime().availableProcessors());
    }
  }

  public TemporalServer server() {
    return server;
  }

  /**
   * Begins to serve queues.
   *
   * @param grafts finetunes at once
   */
  public void serve(Set<Duty> duties, int grafts) {
    Duration beat = server.outlivesThisProcess() ? REMOTE_BEAT : LOCAL_BEAT;
    workers =
        Optional.of(
            Workers.start(server.client(), crew.apply(server.client()), duties, grafts, beat));
  }

  /**
   * Starts a pipeline.
   *
   * @param name of the run; empty: one is made of the pipeline's name and the time
   * @throws Refused if a run of that name is under way
   */
  public Run start(PipelineSpec spec, Optional<String> name, Map<String, String> labels) {
    return start(new PipelineRequest(name, PipelinePaths.absolute(spec), labels));
  }

  /**
   * The same for a request whose paths are absolute.
   *
   * @throws Refused if a run of its name is under way
   */
  public Run start(PipelineRequest request) {
    String run = request.run().orElseGet(() -> fresh(request.pipeline().name()));
    WorkflowStub stub =
        server
            .client()
            .newUntypedWorkflowStub(
                "PipelineWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(Queues.WORKFLOWS)
                    .setWorkflowId(Run.PREFIX + run)
                    .build());
    try {
      stub.start(request.named(run));
    } catch (WorkflowExecutionAlreadyStarted underWay) {
      throw new Refused(
          "run " + run + " is there already; give another --name, or leave it out", underWay);
    }
    if (server.outlivesThisProcess()) {
      own.handedOver(run);
    } else {
      own.begun(run);
    }
    return new Run(server.client(), run);
  }

  private static String fresh(String pipeline) {
    String salt = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);
    String stamp = "-" + STAMP.format(Instant.now()) + "-" + salt;
    return pipeline.substring(0, Math.min(pipeline.length(), 63 - stamp.length())) + stamp;
  }

  public Run find(String run) {
    return new Run(server.client(), run);
  }

  /** The pretraining that a run waits for or, as it is, {@code pretrain/<fp>}. */
  public PretrainWorkflow pretraining(String runOrId) {
    String id = runOrId;
    if (!runOrId.startsWith("pretrain/")) {
      id =
          find(runOrId).watch().look().status().stream()
              .flatMap(status -> status.waitingOn().stream())
              .filter(other -> other.startsWith("pretrain/"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Refused(
                          "run " + runOrId + " is not pretraining now; only that can be paused"));
    }
    return server.client().newWorkflowStub(PretrainWorkflow.class, id);
  }

  /**
   * Queues that no worker polls; empty where this process serves them, or where the server can not
   * tell.
   */
  public List<Duty> unserved() {
    List<Duty> missing = new ArrayList<>();
    for (Duty duty : server.outlivesThisProcess() ? Duty.values() : new Duty[0]) {
      TaskQueueType type =
          duty == Duty.WORKFLOWS
              ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
              : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
      try {
        boolean polled =
            server
                    .client()
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .describeTaskQueue(
                        DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(server.client().getOptions().getNamespace())
                            .setTaskQueue(TaskQueue.newBuilder().setName(duty.queue()))
                            .setTaskQueueType(type)
                            .build())
                    .getPollersCount()
                > 0;
        if (!polled) {
          missing.add(duty);
        }
      } catch (StatusRuntimeException cannotTell) {
        return List.of();
      }
    }
    return missing;
  }

  /**
   * Has engines save and leave, and takes no more work; true if all did within {@code patience}.
   */
  public boolean drain(Duration patience) {
    return workers.map(serving -> serving.drain(patience)).orElse(true);
  }

  @Override
  public void close() {
    workers.ifPresent(Workers::stop);
    server.close();
  }
}
