package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** Sums over the rows of a matrix, four rows at a time, as they lie in memory. */
final class Columns {
  private static final int ONE = LANES * Access.BYTES;
  private static final int FOUR = 4;

  private Columns() {}

  /** {@code sums += Σ rows of x}. */
  static void addSums(Matrix x_NO, Matrix sums_1O) {
    Object m = x_NO.memory();
    Object sm = sums_1O.memory();
    long sums = sums_1O.row(0);
    int n = 0;
    for (; n + FOUR <= x_NO.rows(); n += FOUR) {
      addFour(m, x_NO.row(n), x_NO.step(), sm, sums, x_NO.columns());
    }
    for (; n < x_NO.rows(); n++) {
      Rows.add(sm, sums, m, x_NO.row(n), sm, sums, x_NO.columns());
    }
  }

  private static void addFour(Object m, long a, long step, Object sm, long sums, int count) {
    long b = a + step;
    long c = b + step;
    long d = c + step;
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector first = HERE.load(m, a + i).add(HERE.load(m, b + i));
      FloatVector second = HERE.load(m, c + i).add(HERE.load(m, d + i));
      HERE.store(HERE.load(sm, sums + i).add(first.add(second)), sm, sums + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector first = HERE.load(m, a + whole).add(HERE.load(m, b + whole));
      FloatVector second = HERE.load(m, c + whole).add(HERE.load(m, d + whole));
      FloatVector sum = HERE.load(sm, sums + whole).add(first.add(second));
      HERE.storeFirst(sum, sm, sums + whole, rest);
    }
  }
}
