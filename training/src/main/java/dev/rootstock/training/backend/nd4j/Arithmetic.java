package dev.rootstock.training.backend.nd4j;

/**
 * Loops over rows on the heap. Sums run in four strands of a written order; {@code exp} is a
 * polynomial: the JDK's own differs between interpreted and compiled code, and a resumed program
 * starts interpreted.
 */
final class Arithmetic {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  // Adding it leaves the nearest whole number in the low bits of the mantissa.
  private static final double ROUNDER = 0x1.8p52;
  private static final int BIAS = 1023;
  private static final int MANTISSA = 52;
  private static final double REACH = 700; // beyond it the power of two leaves the normal range

  private Arithmetic() {}

  static double sum(double[] x, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < count; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  static double dot(double[] x, double[] y, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < count; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }

  static double max(double[] x, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /**
   * {@code x = e^(x − shift)}, arguments clamped to ±700, relative error below 1e-15. Three loops,
   * since the one that moves bits can not be vectorized and the others can.
   *
   * @param spare as long as x, overwritten
   */
  static void exp(double[] x, double shift, int count, double[] spare) {
    for (int i = 0; i < count; i++) {
      double value = Math.max(-REACH, Math.min(REACH, x[i] - shift));
      double rounded = value * LOG2_E + ROUNDER;
      double whole = rounded - ROUNDER;
      double r = value - whole * LN2_HIGH - whole * LN2_LOW;
      double p = 1.0 / 479001600 * r + 1.0 / 39916800;
      p = p * r + 1.0 / 3628800;
      p = p * r + 1.0 / 362880;
      p = p * r + 1.0 / 40320;
      p = p * r + 1.0 / 5040;
      p = p * r + 1.0 / 720;
      p = p * r + 1.0 / 120;
      p = p * r + 1.0 / 24;
      p = p * r + 1.0 / 6;
      p = p * r + 0.5;
      p = p * r + 1;
      x[i] = p * r + 1;
      spare[i] = rounded;
    }
    for (int i = 0; i < count; i++) {
      spare[i] = Double.longBitsToDouble((Double.doubleToRawLongBits(spare[i]) + BIAS) << MANTISSA);
    }
    for (int i = 0; i < count; i++) {
      x[i] *= spare[i];
    }
  }

  /** {@code y = 1 / (1 + e^(−factor · x))}. */
  static void sigmoid(double[] x, double factor, int count, double[] y, double[] spare) {
    for (int i = 0; i < count; i++) {
      y[i] = -factor * x[i];
    }
    exp(y, 0, count, spare);
    for (int i = 0; i < count; i++) {
      y[i] = 1 / (1 + y[i]);
    }
  }
}
