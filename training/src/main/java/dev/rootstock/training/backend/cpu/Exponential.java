package dev.rootstock.training.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code e^x} by a polynomial of our own, relative error below 2e-7: the Vector API's differs
 * between interpreted and compiled code, and a resumed program starts interpreted.
 */
final class Exponential {
  private static final float LEAST = -87; // below, the power of two leaves the normal range
  private static final float MOST = 88;
  private static final float LOG2_E = 1.44269504f;
  private static final float LN2 = (float) 0.6931471805599453;
  private static final float LN2_REST = (float) (0.6931471805599453 - LN2);
  // Adding it leaves the nearest whole number in the low bits of the mantissa.
  private static final float ROUNDER = 0x1.8p23f;
  private static final int MANTISSA = 23;
  private static final int ONE = 127 << MANTISSA;
  // (e^r - 1 - r) / r² for |r| below ln 2 / 2, by its values at Chebyshev's points.
  private static final float C0 = 0.5f;
  private static final float C1 = 0.16666576f;
  private static final float C2 = 0.041666463f;
  private static final float C3 = 0.008363205f;
  private static final float C4 = 0.0013933688f;

  private Exponential() {}

  /** Of arguments clamped to −87 … 88; NaN stays NaN. */
  static FloatVector of(FloatVector x) {
    return ofAtMostZero(x.blend(MOST, x.compare(VectorOperators.GT, MOST)));
  }

  /** Of arguments that are at most 88, as those below a maximum are. */
  static FloatVector ofAtMostZero(FloatVector x) {
    FloatVector clamped = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
    FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
    FloatVector whole = rounded.sub(ROUNDER);
    FloatVector high = whole.fma(FloatVector.broadcast(Access.FLOATS, -LN2), clamped);
    FloatVector r = whole.fma(FloatVector.broadcast(Access.FLOATS, -LN2_REST), high);
    FloatVector p = r.fma(C4, C3);
    p = p.fma(r, FloatVector.broadcast(Access.FLOATS, C2));
    p = p.fma(r, FloatVector.broadcast(Access.FLOATS, C1));
    p = p.fma(r, FloatVector.broadcast(Access.FLOATS, C0));
    FloatVector value = p.fma(r.mul(r), r).add(1);
    FloatVector power =
        rounded
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, MANTISSA)
            .add(ONE)
            .reinterpretAsFloats();
    return value.mul(power);
  }
}
