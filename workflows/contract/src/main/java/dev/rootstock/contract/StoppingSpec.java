package dev.rootstock.contract;

import java.util.Optional;

/**
 * When a finetune has learned enough, beside its patience.
 *
 * @param metric of the dev rows that the best state is chosen by; empty: the lowest loss
 * @param gain by which an evaluation must beat the best so far, to count as better
 * @param minimumSteps before which it never stops
 */
public record StoppingSpec(
    Optional<Metric> metric, @Default("0") double gain, @Default("0") int minimumSteps) {
  public static final StoppingSpec DEFAULT = new StoppingSpec(Optional.empty(), 0, 0);

  public StoppingSpec {
    new Check()
        .that(gain >= 0 && Double.isFinite(gain), "gain", gain, "0 or more")
        .that(minimumSteps >= 0, "minimumSteps", minimumSteps, "0 or more")
        .done();
  }

  /** Whether a value beats the best so far by the gain. */
  public boolean better(double value, double best) {
    boolean higher = metric.map(Metric::higherIsBetter).orElse(false);
    return higher ? value > best + gain : value < best - gain;
  }

  /** What any value beats. */
  public double worst() {
    boolean higher = metric.map(Metric::higherIsBetter).orElse(false);
    return higher ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
