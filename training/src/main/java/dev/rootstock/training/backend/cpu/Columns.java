package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** Sums over the rows of a matrix, four vectors of columns at a time. */
final class Columns {
  private static final int ONE = LANES * Access.BYTES;
  private static final int FOUR = 4 * ONE;

  private Columns() {}

  /** {@code sums += Σ rows of x}. */
  static void addSums(Matrix x_NO, Matrix sums_1O) {
    int whole = Sums.whole(x_NO.columns());
    Object m = x_NO.memory();
    Object sm = sums_1O.memory();
    long x = x_NO.row(0);
    long sums = sums_1O.row(0);
    int i = 0;
    for (; i + FOUR <= whole; i += FOUR) {
      four(m, x + i, x_NO.step(), x_NO.rows(), sm, sums + i);
    }
    for (; i < whole; i += ONE) {
      HERE.store(
          one(m, x + i, x_NO.step(), x_NO.rows()).add(HERE.load(sm, sums + i)), sm, sums + i);
    }
    int rest = x_NO.columns() % LANES;
    if (rest > 0) {
      FloatVector last = one(m, x + i, x_NO.step(), x_NO.rows()).add(HERE.load(sm, sums + i));
      HERE.storeFirst(last, sm, sums + i, rest);
    }
  }

  private static void four(Object m, long x, long step, int rows, Object sm, long sums) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    long at = x;
    for (int n = 0; n < rows; n++) {
      a = a.add(HERE.load(m, at));
      b = b.add(HERE.load(m, at + ONE));
      c = c.add(HERE.load(m, at + 2 * ONE));
      d = d.add(HERE.load(m, at + 3 * ONE));
      at += step;
    }
    HERE.store(a.add(HERE.load(sm, sums)), sm, sums);
    HERE.store(b.add(HERE.load(sm, sums + ONE)), sm, sums + ONE);
    HERE.store(c.add(HERE.load(sm, sums + 2 * ONE)), sm, sums + 2 * ONE);
    HERE.store(d.add(HERE.load(sm, sums + 3 * ONE)), sm, sums + 3 * ONE);
  }

  private static FloatVector one(Object m, long x, long step, int rows) {
    FloatVector a = FloatVector.zero(FLOATS);
    long at = x;
    for (int n = 0; n < rows; n++) {
      a = a.add(HERE.load(m, at));
      at += step;
    }
    return a;
  }
}
