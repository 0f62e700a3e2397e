package dev.rootstock.preprocess;

import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.engine.Hopeless;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A pipeline's job on a Flink cluster, watched from the engine: how far it is, and that it ends
 * with the engine. Not thread-safe.
 */
final class FlinkJob {
  /** What {@link Runners} tells the cluster: it cancels a job whose client has been silent. */
  static final Duration SILENCE = Duration.ofSeconds(120);

  private static final String VERSION = "1.19"; // of the runner in pom.xml; others speak otherwise
  private static final long LOOK = 1_000_000_000L; // nanoseconds between looks
  private static final int PATIENCE = 40; // looks at a job that is being cancelled
  private static final long PAUSE = 250; // milliseconds between those

  private final FlinkCluster cluster;
  private final String name;
  private final int slots;
  private Optional<FlinkCluster.Job> newest = Optional.empty();
  private long looked;

  private FlinkJob(FlinkCluster cluster, String name) throws InterruptedException {
    this.cluster = cluster;
    this.name = name;
    this.slots = cluster.slots(VERSION);
  }

  /**
   * The job-to-be of that name, if it is to run on a cluster.
   *
   * @throws Hopeless {@code NoCluster} if that is not to be reached within a minute
   */
  static Optional<FlinkJob> of(RunnerSpec runner, String name) throws InterruptedException {
    Optional<String> master =
        runner.flink().filter(RunnerSpec.Flink::isCluster).map(RunnerSpec.Flink::master);
    return master.isEmpty()
        ? Optional.empty()
        : Optional.of(new FlinkJob(new FlinkCluster(master.get()), name));
  }

  /** Slots of the cluster; 0 if it starts workers as they are needed. */
  int slots() {
    return slots;
  }

  /**
   * The job as it was a moment ago, empty while it is on its way. Tells the cluster that the engine
   * is still there.
   */
  Optional<FlinkCluster.Job> look() throws InterruptedException {
    if (System.nanoTime() - looked > LOOK) {
      looked = System.nanoTime();
      try {
        newest = cluster.find(name);
        if (newest.isPresent() && !newest.get().isOver()) {
          cluster.stay(newest.get(), SILENCE);
        }
      } catch (IOException away) {
        // Flink's own client notices a cluster that is gone for good
      }
    }
    return newest;
  }

  /** Cancels the job, and waits some seconds for its end. */
  void cancel() {
    try {
      for (int look = 0; look < PATIENCE; look++) {
        Optional<FlinkCluster.Job> job = cluster.find(name);
        if (job.isEmpty() || job.get().isOver()) {
          return; // one that is still on its way ends by the engine's silence
        }
        if (look == 0) {
          cluster.cancel(job.get());
        }
        Thread.sleep(PAUSE);
      }
    } catch (IOException away) {
      System.err.println("job " + name + " may still run on the cluster: " + away.getMessage());
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }
}
