package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** What is done to one row, element by element. */
final class Rows {
  private static final int ONE = LANES * Access.BYTES;

  private Rows() {}

  /** {@code y = x}. */
  static void copy(Object xm, long x, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(xm, x + i), ym, y + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      HERE.storeFirst(HERE.load(xm, x + whole), ym, y + whole, rest);
    }
  }

  /** {@code z = x + y}. */
  static void add(Object xm, long x, Object ym, long y, Object zm, long z, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(xm, x + i).add(HERE.load(ym, y + i)), zm, z + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector last = HERE.load(xm, x + whole).add(HERE.load(ym, y + whole));
      HERE.storeFirst(last, zm, z + whole, rest);
    }
  }

  /** {@code y = factor · x}. */
  static void scale(Object xm, long x, float factor, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(xm, x + i).mul(factor), ym, y + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      HERE.storeFirst(HERE.load(xm, x + whole).mul(factor), ym, y + whole, rest);
    }
  }

  /** Copies out of the row as many values as there is room for. */
  static void get(Object xm, long x, float[] values) {
    int whole = values.length / LANES * LANES;
    for (int i = 0; i < whole; i += LANES) {
      HERE.load(xm, x + (long) i * Access.BYTES).intoArray(values, i);
    }
    for (int i = whole; i < values.length; i++) {
      values[i] = HERE.get(xm, x + (long) i * Access.BYTES);
    }
  }

  /** {@code x = 0}. */
  static void clear(Object xm, long x, int count) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(zero, xm, x + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      HERE.storeFirst(zero, xm, x + whole, rest);
    }
  }
}
