package dev.rootstock.contract;

/**
 * How fast to learn, as a pure function of the step: linear warm-up to the peak, then a half cosine
 * down to the floor.
 *
 * @param peak highest rate
 * @param warmup steps of linear rise; the first step already learns
 * @param steps all steps; at the last the rate is close to the floor
 * @param floorShare lowest rate as a share of the peak; default 0.1
 */
public record LearningSchedule(
    double peak, long warmup, long steps, @Default("0.1") double floorShare) {
  public LearningSchedule {
    new Check()
        .that(peak > 0 && peak < 1, "peak", peak, "above 0 and below 1")
        .that(warmup >= 0, "warmup", warmup, "0 or more steps")
        .positive("steps", steps)
        .that(floorShare >= 0 && floorShare <= 1, "floorShare", floorShare, "between 0 and 1")
        .done();
  }

  /**
   * The rate of a step, counted from 0. {@code StrictMath}, so that every JDK gives the same bits.
   */
  public double rate(long step) {
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    double floor = peak * floorShare;
    double passed = steps <= warmup ? 1 : Math.min(1, (double) (step - warmup) / (steps - warmup));
    return floor + (peak - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * passed));
  }
}
