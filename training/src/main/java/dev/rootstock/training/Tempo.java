package dev.rootstock.training;

import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import java.util.Optional;

/**
 * How fast a training runs and what it tells of itself. Not thread-safe, but for {@link #saved}.
 */
final class Tempo {
  private static final double SMOOTHING = 0.1; // weight of the newest step in the moving mean
  private static final long LINE = 1_000_000_000; // nanoseconds between progress lines

  private final ProgressLog progress;
  private final String stage;
  private final long steps;
  private final double secondsBefore;
  private final long began = System.nanoTime();
  private long stepBegan = System.nanoTime();
  private long lineBegan = System.nanoTime();
  private double newest; // seconds of the last step
  private double tokensOfNewest;
  private double secondsAStep;
  private double tokensAStep;
  private double losses;
  private long lossCount;
  private volatile Optional<Long> saved; // told by the thread that saves

  /**
   * A tempo.
   *
   * @param secondsBefore spent by earlier attempts
   * @param saved newest saved step
   */
  Tempo(
      ProgressLog progress, String stage, long steps, double secondsBefore, Optional<Long> saved) {
    this.progress = progress;
    this.stage = stage;
    this.steps = steps;
    this.secondsBefore = secondsBefore;
    this.saved = saved;
  }

  /** Measures from here, so that loading or saving does not count as learning. */
  void beginStep() {
    stepBegan = System.nanoTime();
  }

  /** Tells of a step that is done. */
  void stepped(long done, double loss, long tokens) {
    double seconds = (System.nanoTime() - stepBegan) / 1e9;
    newest = seconds;
    tokensOfNewest = tokens;
    secondsAStep = secondsAStep == 0 ? seconds : blend(secondsAStep, seconds);
    tokensAStep = tokensAStep == 0 ? tokens : blend(tokensAStep, tokens);
    losses += loss;
    lossCount++;
    progress.at(
        new Progress(
            stage,
            done,
            steps,
            "steps",
            Optional.of(losses / lossCount),
            Optional.of(tokensAStep / secondsAStep),
            Optional.of("tokens"),
            Optional.of((steps - done) * secondsAStep),
            saved,
            Optional.empty(),
            0));
    if (System.nanoTime() - lineBegan >= LINE) {
      lineBegan = System.nanoTime();
      losses = 0;
      lossCount = 0;
    }
  }

  /**
   * How fast the newest step was.
   *
   * @param done steps
   * @param flops a token
   * @param peak of this machine, FLOP/s
   */
  Metrics.Speed speed(long done, double flops, Optional<Double> peak) {
    double tokens = tokensOfNewest / newest;
    return new Metrics.Speed(tokens, tokens * flops, peak, (steps - done) * secondsAStep);
  }

  private static double blend(double mean, double newest) {
    return mean + SMOOTHING * (newest - mean);
  }

  /** Tells of a checkpoint that is in the store, manifest and all. */
  void saved(long step) {
    saved = Optional.of(step);
  }

  /** Of this attempt and those before it. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) / 1e9;
  }
}
