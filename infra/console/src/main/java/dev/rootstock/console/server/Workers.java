package dev.rootstock.console.server;

import dev.rootstock.activities.engine.WholeGraftActivities;
import dev.rootstock.workflows.DatasetWorkflowImpl;
import dev.rootstock.workflows.FinetuneBatchWorkflowImpl;
import dev.rootstock.workflows.FinetuneWorkflowImpl;
import dev.rootstock.workflows.PipelineWorkflowImpl;
import dev.rootstock.workflows.PretrainWorkflowImpl;
import dev.rootstock.workflows.UnknownWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Serves task queues in this process until told to stop. Thread-safe. */
public final class Workers {
  private static final Set<Duty> WITH_ENGINES = EnumSet.of(Duty.DATA, Duty.TRAIN, Duty.GRAFT);

  private final WorkerFactory engines;
  private final WorkerFactory others;
  private final Ports ports;

  private Workers(WorkerFactory engines, WorkerFactory others, Ports ports) {
    this.engines = engines;
    this.others = others;
    this.ports = ports;
  }

  /**
   * Begins to serve.
   *
   * @param grafts finetunes at once
   * @param beat how often, at most, an activity's progress is sent
   */
  public static Workers start(
      WorkflowClient client, Ports ports, Set<Duty> duties, int grafts, Duration beat) {
    WorkerFactory engines = WorkerFactory.newInstance(client);
    WorkerFactory others =
        WorkerFactory.newInstance(
            client, WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(600).build());
    for (Duty duty : duties) {
      WorkerFactory factory = WITH_ENGINES.contains(duty) ? engines : others;
      Worker worker = factory.newWorker(duty.queue(), options(duty, grafts, beat));
      switch (duty) {
        case WORKFLOWS -> plan(worker);
        case CONTROL ->
            worker.registerActivitiesImplementations(
                ports.requests(), ports.registry(), ports.reports());
        case ATTACH -> worker.registerActivitiesImplementations(ports.attach());
        case DATA -> worker.registerActivitiesImplementations(ports.preprocess());
        case TRAIN -> worker.registerActivitiesImplementations(ports.training());
        case GRAFT ->
            worker.registerActivitiesImplementations(
                ports.training(),
                new WholeGraftActivities(
                    ports.requests(), ports.training(), ports.registry(), ports.reports()));
      }
    }
    others.start();
    engines.start();
    return new Workers(engines, others, ports);
  }

  private static void plan(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(
                DataConverterException.class) // else what can not be read hangs for ever
            .build(),
        PipelineWorkflowImpl.class,
        DatasetWorkflowImpl.class,
        PretrainWorkflowImpl.class,
        FinetuneBatchWorkflowImpl.class,
        FinetuneWorkflowImpl.class,
        UnknownWorkflow.class);
  }

  private static WorkerOptions options(Duty duty, int grafts, Duration beat) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder()
            .setMaxHeartbeatThrottleInterval(beat)
            .setDefaultHeartbeatThrottleInterval(beat)
            .setAllowActivityHeartbeatDuringShutdown(true);
    return switch (duty) {
      case WORKFLOWS -> options.setMaxConcurrentWorkflowTaskPollers(2).build();
      case CONTROL ->
          options
              .setMaxConcurrentActivityExecutionSize(50)
              .setMaxConcurrentActivityTaskPollers(2)
              .build();
      case ATTACH ->
          options
              .setMaxConcurrentActivityExecutionSize(500)
              .setMaxConcurrentActivityTaskPollers(1)
              .build();
      // One poller: a dying process with several took the next attempt as well.
      case DATA, TRAIN -> engines(options, 1).build();
      case GRAFT -> engines(options, grafts).build();
    };
  }

  private static WorkerOptions.Builder engines(WorkerOptions.Builder options, int slots) {
    return options
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxConcurrentActivityTaskPollers(1)
        .setDisableEagerExecution(true);
  }

  /**
   * Takes no more work for engines, has those that run save and leave, and waits for them; true if
   * all of them did in time. Whatever only waits is not waited for.
   */
  public boolean drain(Duration patience) {
    engines.shutdown();
    ports.stopEngines().run();
    engines.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    boolean left = engines.isTerminated();
    others.shutdownNow();
    return left;
  }

  /** Stops where nothing is at work any more. */
  public void stop() {
    engines.shutdownNow();
    others.shutdownNow();
    engines.awaitTermination(1, TimeUnit.SECONDS);
    others.awaitTermination(1, TimeUnit.SECONDS);
  }
}
