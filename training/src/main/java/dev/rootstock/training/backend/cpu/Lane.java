package dev.rootstock.training.backend.cpu;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * One thread's share of the work: its number, its products and its scratch. A lane computes whole
 * sequences, so lanes meet only at the end of a pass.
 */
final class Lane implements AutoCloseable {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  private final int index;
  private final Slab.Place a = new Slab.Place();
  private final Slab.Place b = new Slab.Place();
  private final Slab.Place c = new Slab.Place();
  private final Slab[] scratch = new Slab[4];

  /** A vector's elements, to be added in a written order. */
  final float[] fold = new float[2 * Access.LANES];

  final Laps laps = new Laps();

  Lane(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  /** Off-heap memory of at least that length, of any content. */
  Slab scratch(int slot, long length) {
    if (scratch[slot] == null || scratch[slot].length() < length) {
      if (scratch[slot] != null) {
        scratch[slot].close();
      }
      scratch[slot] = new Slab(length);
    }
    return scratch[slot];
  }

  /** {@code z = factor · x yᵀ + keep · z}. */
  void timesTransposed(Matrix z, float factor, Matrix x, Matrix y, float keep) {
    fits(x.columns() == y.columns() && z.rows() == x.rows() && z.columns() == y.rows(), z, x, y);
    if (x.rows() == 1) {
      openblas_nolapack.cblas_sgemv(
          ROW_MAJOR,
          PLAIN,
          y.rows(),
          y.columns(),
          factor,
          a.at(y.address()),
          y.stride(),
          b.at(x.address()),
          1,
          keep,
          c.at(z.address()),
          1);
      return;
    }
    product(PLAIN, TRANSPOSED, x.columns(), z, factor, x, y, keep);
  }

  /** {@code z = factor · x y + keep · z}. */
  void times(Matrix z, float factor, Matrix x, Matrix y, float keep) {
    fits(x.columns() == y.rows() && z.rows() == x.rows() && z.columns() == y.columns(), z, x, y);
    product(PLAIN, PLAIN, x.columns(), z, factor, x, y, keep);
  }

  /** {@code z = factor · xᵀ y + keep · z}. */
  void transposedTimes(Matrix z, float factor, Matrix x, Matrix y, float keep) {
    fits(x.rows() == y.rows() && z.rows() == x.columns() && z.columns() == y.columns(), z, x, y);
    product(TRANSPOSED, PLAIN, x.rows(), z, factor, x, y, keep);
  }

  private void product(
      int ofX, int ofY, int inner, Matrix z, float factor, Matrix x, Matrix y, float keep) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        ofX,
        ofY,
        z.rows(),
        z.columns(),
        inner,
        factor,
        a.at(x.address()),
        x.stride(),
        b.at(y.address()),
        y.stride(),
        keep,
        c.at(z.address()),
        z.stride());
  }

  private static void fits(boolean fit, Matrix z, Matrix x, Matrix y) {
    if (!fit) {
      throw new IllegalArgumentException("a product of " + x + " and " + y + " does not fit " + z);
    }
  }

  @Override
  public void close() {
    for (Slab slab : scratch) {
      if (slab != null) {
        slab.close();
      }
    }
  }
}
