package dev.rootstock.training.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code e^x} by a polynomial of our own, relative error below 2e-7: the Vector API's differs
 * between interpreted and compiled code, and a resumed program starts interpreted. Its constants
 * are vectors: C2 gives up inlining in methods of many small steps, and each number to be spread
 * over a vector is several.
 */
final class Exponential {
  private static final int MANTISSA = 23;
  private static final IntVector ONE =
      IntVector.broadcast(IntVector.SPECIES_PREFERRED, 127 << MANTISSA);
  private static final FloatVector LEAST = all(-87); // below, powers of two are not normal
  private static final FloatVector MOST = all(88);
  private static final FloatVector LOG2_E = all(1.44269504f);
  private static final float LN2 = (float) 0.6931471805599453;
  private static final FloatVector MINUS_LN2 = all(-LN2);
  private static final FloatVector MINUS_LN2_REST = all((float) (LN2 - 0.6931471805599453));
  // Adding it leaves the nearest whole number in the low bits of the mantissa.
  private static final FloatVector ROUNDER = all(0x1.8p23f);
  // (e^r - 1 - r) / r² for |r| below ln 2 / 2, by its values at Chebyshev's points.
  private static final FloatVector C0 = all(0.5f);
  private static final FloatVector C1 = all(0.16666576f);
  private static final FloatVector C2 = all(0.041666463f);
  private static final FloatVector C3 = all(0.008363205f);
  private static final FloatVector C4 = all(0.0013933688f);
  private static final FloatVector UNIT = all(1);

  private Exponential() {}

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Access.FLOATS, value);
  }

  /** Of arguments clamped to −87 … 88; NaN stays NaN. */
  static FloatVector of(FloatVector x) {
    return ofAtMostZero(x.blend(MOST, x.compare(VectorOperators.GT, MOST)));
  }

  /** Of arguments that are at most 88, as those below a maximum are. */
  static FloatVector ofAtMostZero(FloatVector x) {
    FloatVector clamped = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
    FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
    FloatVector whole = rounded.sub(ROUNDER);
    FloatVector r = whole.fma(MINUS_LN2_REST, whole.fma(MINUS_LN2, clamped));
    FloatVector p = r.fma(C4, C3).fma(r, C2).fma(r, C1).fma(r, C0);
    FloatVector value = p.fma(r.mul(r), r).add(UNIT);
    IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA);
    return value.mul(power.add(ONE).reinterpretAsFloats());
  }
}
