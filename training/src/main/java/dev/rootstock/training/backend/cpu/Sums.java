package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Sums over a row, in an order that only the vector's width decides. */
final class Sums {
  private static final int ONE = LANES * Access.BYTES;
  private static final int FOUR = 4 * ONE;

  private Sums() {}

  /** Bytes of the whole vectors of a row. */
  static int whole(int count) {
    return count / LANES * ONE;
  }

  /**
   * A vector's elements, halves added to one another.
   *
   * @param fold overwritten
   */
  static float fold(FloatVector sums, float[] fold) {
    sums.intoArray(fold, 0);
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        fold[i] += fold[i + half];
      }
    }
    return fold[0];
  }

  static float dot(Object xm, long x, Object ym, long y, int count, float[] fold) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int whole = whole(count);
    int i = 0;
    for (; i + FOUR <= whole; i += FOUR) {
      a = HERE.load(xm, x + i).fma(HERE.load(ym, y + i), a);
      b = HERE.load(xm, x + i + ONE).fma(HERE.load(ym, y + i + ONE), b);
      c = HERE.load(xm, x + i + 2 * ONE).fma(HERE.load(ym, y + i + 2 * ONE), c);
      d = HERE.load(xm, x + i + 3 * ONE).fma(HERE.load(ym, y + i + 3 * ONE), d);
    }
    for (; i < whole; i += ONE) {
      a = HERE.load(xm, x + i).fma(HERE.load(ym, y + i), a);
    }
    int rest = count % LANES;
    if (rest > 0) {
      b = HERE.loadFirst(xm, x + i, rest).fma(HERE.loadFirst(ym, y + i, rest), b);
    }
    return fold(a.add(b).add(c.add(d)), fold);
  }

  static float sum(Object xm, long x, int count, float[] fold) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    int whole = whole(count);
    int i = 0;
    for (; i + 2 * ONE <= whole; i += 2 * ONE) {
      a = a.add(HERE.load(xm, x + i));
      b = b.add(HERE.load(xm, x + i + ONE));
    }
    for (; i < whole; i += ONE) {
      a = a.add(HERE.load(xm, x + i));
    }
    int rest = count % LANES;
    if (rest > 0) {
      b = b.add(HERE.loadFirst(xm, x + i, rest));
    }
    return fold(a.add(b), fold);
  }

  /** The largest; NaN is passed over, and shows in the exponentials. */
  static float max(Object xm, long x, int count, float[] fold) {
    FloatVector a = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    int whole = whole(count);
    int i = 0;
    for (; i + 2 * ONE <= whole; i += 2 * ONE) {
      a = larger(a, HERE.load(xm, x + i));
      b = larger(b, HERE.load(xm, x + i + ONE));
    }
    for (; i < whole; i += ONE) {
      a = larger(a, HERE.load(xm, x + i));
    }
    larger(a, b).intoArray(fold, 0);
    float max = fold[0];
    for (int lane = 1; lane < LANES; lane++) {
      max = Math.max(max, fold[lane]);
    }
    for (int at = i; at < count * Access.BYTES; at += Access.BYTES) {
      max = Math.max(max, HERE.get(xm, x + at));
    }
    return max;
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }
}
