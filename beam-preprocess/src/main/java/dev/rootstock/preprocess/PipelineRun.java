package dev.rootstock.preprocess;

import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/**
 * Runs a pipeline to its end, here or on a cluster, and tells how far it is.
 *
 * @param job its name, for people; each try adds its number
 * @param cores what it may use here
 * @param store where its workers write
 */
record PipelineRun(
    RunnerSpec runner, String job, int cores, URI store, ProgressLog progress, Stop stop) {
  private static final long LOOK = 100; // milliseconds between looks at the stop and at the pulse
  private static final long PAUSE = 5_000; // milliseconds before a job begins anew

  /**
   * Runs it.
   *
   * @param stage for people
   * @param total what {@link Pulse} will have counted at the end, in {@code unit}; 0 if unknown
   * @param build adds transforms to an empty pipeline; called again where a job begins anew
   * @throws Stopped if asked to leave; a job on a cluster is cancelled
   * @throws Hopeless {@code NoCluster} if there is no cluster
   */
  void toItsEnd(String stage, long total, String unit, Consumer<Pipeline> build) throws Exception {
    int restarts =
        runner
            .flink()
            .filter(RunnerSpec.Flink::isCluster)
            .map(RunnerSpec.Flink::restarts)
            .orElse(0);
    for (int attempt = 0; ; attempt++) {
      try {
        once(job + "-" + attempt, stage, total, unit, build);
        return;
      } catch (Exception failed) {
        if (attempt >= restarts || !Faults.lostWorker(failed)) {
          throw failed;
        }
        progress.tell(
            "the cluster lost a worker; the job begins anew, "
                + (restarts - attempt - 1)
                + " more times at most");
        Thread.sleep(PAUSE);
      }
    }
  }

  private void once(String name, String stage, long total, String unit, Consumer<Pipeline> build)
      throws Exception {
    Pulse.reset();
    Optional<FlinkJob> cluster = FlinkJob.of(runner, name);
    int slots = cluster.map(FlinkJob::slots).orElse(cores);
    Pipeline pipeline = Pipeline.create(Runners.options(runner, name, slots, store));
    build.accept(pipeline);
    FutureTask<Void> running = new FutureTask<>(() -> pipeline.run().waitUntilFinish(), null);
    Thread thread = new Thread(running, "pipeline");
    thread.setDaemon(true);
    thread.start();
    try {
      while (!ended(running)) {
        if (stop.asked()) {
          throw new Stopped("asked to leave; another attempt starts this stage anew");
        }
        progress.at(cluster.isPresent() ? distant(stage, cluster.get()) : near(stage, total, unit));
      }
    } finally {
      if (!running.isDone()) {
        cluster.ifPresent(FlinkJob::cancel);
      }
    }
  }

  private static boolean ended(FutureTask<Void> running) throws Exception {
    try {
      running.get(LOOK, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException atWork) {
      return false;
    } catch (ExecutionException failed) {
      throw Faults.cause(failed.getCause());
    }
  }

  private static Progress near(String stage, long total, String unit) {
    long done = Pulse.done();
    return Progress.of(stage, total > 0 ? Math.min(done, total) : done, total, unit);
  }

  /** What workers of a cluster count is not seen here: how many of its tasks are finished. */
  private static Progress distant(String stage, FlinkJob job) throws InterruptedException {
    return job.look()
        .map(seen -> Progress.of(stage, seen.finished(), seen.tasks(), "tasks"))
        .orElseGet(() -> Progress.of(stage, 0, 0, "tasks"));
  }
}
