package dev.rootstock.training.model;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.RopeScaling;

/**
 * How fast each pair of a head's channels turns: pair i at position t by {@code t} times its value,
 * in radians. The one table of every backend.
 */
public final class RotaryFrequencies {
  private RotaryFrequencies() {}

  /** {@code θ^(−2i / headWidth)} for i below headWidth / 2, slowed as the shape's scaling says. */
  public static double[] of(ModelShape shape) {
    double[] frequencies = new double[shape.headWidth() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double plain = StrictMath.pow(shape.ropeBase(), -2.0 * i / shape.headWidth());
      frequencies[i] = shape.ropeScaling().map(scaling -> slowed(plain, scaling)).orElse(plain);
    }
    return frequencies;
  }

  /** Llama 3.1's rule: by wave length, in positions. */
  private static double slowed(double frequency, RopeScaling scaling) {
    double length = 2 * StrictMath.PI / frequency;
    if (length < scaling.originalContext() / scaling.highFreqFactor()) {
      return frequency;
    }
    if (length > scaling.originalContext() / scaling.lowFreqFactor()) {
      return frequency / scaling.factor();
    }
    double share =
        (scaling.originalContext() / length - scaling.lowFreqFactor())
            / (scaling.highFreqFactor() - scaling.lowFreqFactor());
    return (1 - share) * frequency / scaling.factor() + share * frequency;
  }
}
