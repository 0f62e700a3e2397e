package dev.rootstock.contract.engine;

import dev.rootstock.contract.Default;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a training saves, measures and speaks. Decides nothing about its result.
 *
 * @param checkpointEvery wall-clock time between checkpoints; default one minute
 * @param checkpointSteps steps between checkpoints, in place of the time, for tests
 * @param keep newest checkpoints to keep
 * @param validations how often held-out bits per byte is measured, the end included; 0: only at the
 *     end
 * @param prompt text to continue for people to see how the model learns
 * @param samples how often, the untrained and the finished model included
 */
public record Cadence(
    @Default("\"PT1M\"") Duration checkpointEvery,
    Optional<Long> checkpointSteps,
    @Default("3") int keep,
    @Default("4") int validations,
    Optional<String> prompt,
    @Default("5") int samples) {
  public static final Cadence DEFAULT =
      new Cadence(Duration.ofMinutes(1), Optional.empty(), 3, 4, Optional.empty(), 5);
}
