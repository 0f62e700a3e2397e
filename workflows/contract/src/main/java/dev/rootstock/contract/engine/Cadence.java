package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a training saves, measures and speaks. Decides nothing about its result.
 *
 * @param checkpointEvery wall-clock time between checkpoints; default one minute. Where one is
 *     still being written, the next is put off until it is there
 * @param checkpointSteps steps between checkpoints, in place of the time. Whoever names steps gets
 *     these: training then waits for one that is still being written
 * @param keep newest checkpoints to keep
 * @param validations how often held-out bits per byte is measured, the end included; 0: only at the
 *     end
 * @param prompt text to continue for people to see how the model learns
 * @param samples how often, the untrained and the finished model included
 * @param keepEvery steps: of each stretch so long, from the second on, the first checkpoint is kept
 *     for good; default none
 * @param keepBest whether a step with the best held-out measure yet is saved, and the best kept
 * @param shardBytes of tensors in one file, at most; a larger model lies in several
 */
public record Cadence(
    @Default("\"PT1M\"") Duration checkpointEvery,
    Optional<Long> checkpointSteps,
    @Default("3") int keep,
    @Default("4") int validations,
    Optional<String> prompt,
    @Default("5") int samples,
    Optional<Long> keepEvery,
    @Default("true") boolean keepBest,
    @Default("5000000000") long shardBytes) {
  public static final Cadence DEFAULT =
      new Cadence(Duration.ofMinutes(1), Optional.empty(), 3, 4, Optional.empty(), 5);

  public Cadence {
    Check check = new Check().positive("shardBytes", shardBytes);
    keepEvery.ifPresent(steps -> check.positive("keepEvery", steps));
    check.done();
  }

  /** Keeps the best too, in files of 5 GB at most. */
  public Cadence(
      Duration checkpointEvery,
      Optional<Long> checkpointSteps,
      int keep,
      int validations,
      Optional<String> prompt,
      int samples) {
    this(
        checkpointEvery,
        checkpointSteps,
        keep,
        validations,
        prompt,
        samples,
        Optional.empty(),
        true,
        5_000_000_000L);
  }
}
