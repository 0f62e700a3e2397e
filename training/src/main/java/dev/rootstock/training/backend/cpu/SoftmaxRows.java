package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Rows of attention's probabilities. Those behind the last are overwritten up to a whole vector.
 */
final class SoftmaxRows {
  private static final int ONE = LANES * Access.BYTES;

  private SoftmaxRows() {}

  /** {@code s = e^(s − max)} and zeroes up to a whole vector; returns their sum. */
  static float exponentials(Object m, long s, float max, int count, float[] fold) {
    FloatVector a = exponentials(m, s, max, Sums.whole(count));
    int rest = count % LANES;
    if (rest > 0) {
      long last = s + Sums.whole(count);
      FloatVector e = lastExponentials(m, last, max, rest);
      HERE.store(e, m, last);
      a = a.add(e);
    }
    return Sums.fold(a, fold);
  }

  /** The same without a trace behind the last. */
  static float exponentialsWithin(Object m, long s, float max, int count, float[] fold) {
    FloatVector a = exponentials(m, s, max, Sums.whole(count));
    int rest = count % LANES;
    if (rest > 0) {
      long last = s + Sums.whole(count);
      FloatVector e = lastExponentials(m, last, max, rest);
      HERE.storeFirst(e, m, last, rest);
      a = a.add(e);
    }
    return Sums.fold(a, fold);
  }

  private static FloatVector exponentials(Object m, long s, float max, int bytes) {
    FloatVector a = FloatVector.zero(FLOATS);
    for (int i = 0; i < bytes; i += ONE) {
      FloatVector e = Exponential.ofAtMostZero(HERE.load(m, s + i).sub(max));
      HERE.store(e, m, s + i);
      a = a.add(e);
    }
    return a;
  }

  private static FloatVector lastExponentials(Object m, long s, float max, int rest) {
    return Access.first(Exponential.ofAtMostZero(HERE.load(m, s).sub(max)), rest);
  }

  /** {@code s = p = e^(s − max) · share} and {@code dp = p · (dp − along)}. */
  static void backward(
      Object sm, long s, Object dm, long dp, float max, float share, float along, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector p = Exponential.ofAtMostZero(HERE.load(sm, s + i).sub(max)).mul(share);
      HERE.store(p, sm, s + i);
      HERE.store(HERE.load(dm, dp + i).sub(along).mul(p), dm, dp + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector e = Exponential.ofAtMostZero(HERE.load(sm, s + whole).sub(max)).mul(share);
      FloatVector p = Access.first(e, rest);
      HERE.store(p, sm, s + whole);
      FloatVector d = HERE.load(dm, dp + whole).sub(along).mul(p);
      HERE.store(Access.first(d, rest), dm, dp + whole);
    }
  }

  /** Zeroes from {@code from} to {@code to}, and on to a whole vector. */
  static void clear(Object m, long row, int from, int to) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = from; i < to; i += LANES) {
      HERE.store(zero, m, row + (long) i * Access.BYTES);
    }
  }
}
