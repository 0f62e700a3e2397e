package dev.rootstock.activities;

import dev.rootstock.activities.attach.SingleFlightActivities;
import dev.rootstock.activities.engine.Drain;
import dev.rootstock.activities.engine.EnginePreprocessActivities;
import dev.rootstock.activities.engine.EngineTrainingActivities;
import dev.rootstock.activities.engine.WholeGraftActivities;
import dev.rootstock.activities.registry.StoreRegistryActivities;
import dev.rootstock.activities.report.StoreReportActivities;
import dev.rootstock.activities.request.StoreRequestActivities;
import dev.rootstock.workflows.DatasetWorkflow;
import dev.rootstock.workflows.DatasetWorkflowImpl;
import dev.rootstock.workflows.FinetuneBatchWorkflow;
import dev.rootstock.workflows.FinetuneBatchWorkflowImpl;
import dev.rootstock.workflows.FinetuneWorkflow;
import dev.rootstock.workflows.FinetuneWorkflowImpl;
import dev.rootstock.workflows.PipelineWorkflow;
import dev.rootstock.workflows.PipelineWorkflowImpl;
import dev.rootstock.workflows.PretrainWorkflow;
import dev.rootstock.workflows.PretrainWorkflowImpl;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Steps;
import dev.rootstock.workflows.TrainingActivities;
import dev.rootstock.workflows.UnknownWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.Set;

/**
 * Who serves which task queue. Each kind of work can have workers of its own, on machines of its
 * own.
 */
public final class TaskQueues {
  private static final Duration THROTTLE =
      Duration.ofSeconds(5); // between heartbeats that are sent; also how late a cancel is heard

  private TaskQueues() {}

  /** A kind of work, and its queue. */
  public enum Kind {
    WORKFLOWS,
    CONTROL,
    ATTACH,
    DATA,
    TRAIN,
    GRAFT
  }

  /**
   * Creates workers for some kinds of work; the caller starts the factory.
   *
   * @param client its data converter must be {@link Payloads#converter}
   * @param drain to be asked after {@code factory.shutdown()}, so that engines save and their work
   *     goes on elsewhere
   */
  public static void serve(
      WorkerFactory factory,
      WorkflowClient client,
      Settings settings,
      OpenStores stores,
      Drain drain,
      Set<Kind> kinds) {
    for (Kind kind : kinds) {
      switch (kind) {
        case WORKFLOWS -> workflows(factory.newWorker(Queues.WORKFLOWS), settings.steps());
        case CONTROL ->
            factory
                .newWorker(Queues.CONTROL, light(50))
                .registerActivitiesImplementations(
                    new StoreRequestActivities(stores),
                    new StoreRegistryActivities(stores),
                    new StoreReportActivities(stores));
        case ATTACH ->
            factory
                .newWorker(Queues.ATTACH, light(500))
                .registerActivitiesImplementations(new SingleFlightActivities(client, stores));
        case DATA ->
            factory
                .newWorker(Queues.DATA, heavy(1))
                .registerActivitiesImplementations(
                    new EnginePreprocessActivities(settings.engines(), stores, drain));
        case TRAIN ->
            factory
                .newWorker(Queues.TRAIN, heavy(1))
                .registerActivitiesImplementations(
                    new EngineTrainingActivities(settings.engines(), stores, drain));
        case GRAFT -> {
          TrainingActivities training =
              new EngineTrainingActivities(settings.engines(), stores, drain);
          factory
              .newWorker(Queues.GRAFT, heavy(settings.grafts()))
              .registerActivitiesImplementations(
                  training,
                  new WholeGraftActivities(
                      new StoreRequestActivities(stores),
                      training,
                      new StoreRegistryActivities(stores),
                      new StoreReportActivities(stores)));
        }
      }
    }
  }

  private static void workflows(Worker worker, Steps steps) {
    WorkflowImplementationOptions failing =
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(
                DataConverterException.class) // else a wrong input hangs its run
            .build();
    worker.registerWorkflowImplementationFactory(
        PipelineWorkflow.class, () -> new PipelineWorkflowImpl(steps), failing);
    worker.registerWorkflowImplementationFactory(
        DatasetWorkflow.class, () -> new DatasetWorkflowImpl(steps), failing);
    worker.registerWorkflowImplementationFactory(
        PretrainWorkflow.class, () -> new PretrainWorkflowImpl(steps), failing);
    worker.registerWorkflowImplementationFactory(
        FinetuneBatchWorkflow.class, () -> new FinetuneBatchWorkflowImpl(steps), failing);
    worker.registerWorkflowImplementationFactory(
        FinetuneWorkflow.class, () -> new FinetuneWorkflowImpl(steps), failing);
    worker.registerWorkflowImplementationTypes(failing, UnknownWorkflow.class);
  }

  private static WorkerOptions light(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxHeartbeatThrottleInterval(THROTTLE)
        .build();
  }

  /**
   * One poller and no eager work, for else a worker that is leaving takes the attempt it has just
   * given up.
   */
  private static WorkerOptions heavy(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxConcurrentActivityTaskPollers(1)
        .setDisableEagerExecution(true)
        .setAllowActivityHeartbeatDuringShutdown(true)
        .setMaxHeartbeatThrottleInterval(THROTTLE)
        .build();
  }
}
