package dev.rootstock.training.backend.nd4j;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A row-major part of a slab, or its transpose.
 *
 * @param stride elements from one row to the next
 * @param flipped read as {@code columns × rows}
 */
record Matrix(Slab slab, long at, int rows, int columns, int stride, boolean flipped) {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  static Matrix of(Slab slab, long at, int rows, int columns) {
    return new Matrix(slab, at, rows, columns, columns, false);
  }

  static Matrix of(Slab slab, int rows, int columns) {
    return of(slab, 0, rows, columns);
  }

  Matrix t() {
    return new Matrix(slab, at, rows, columns, stride, !flipped);
  }

  Matrix part(int row, int rowCount, int column, int columnCount) {
    return new Matrix(
        slab, at + (long) row * stride + column, rowCount, columnCount, stride, false);
  }

  Matrix rows(int row, int count) {
    return part(row, count, 0, columns);
  }

  Matrix columns(int column, int count) {
    return part(0, rows, column, count);
  }

  long row(int row) {
    return at + (long) row * stride;
  }

  /** {@code this = factor · a · b + keep · this}. */
  void product(double factor, Matrix a, Matrix b, double keep) {
    int m = a.flipped ? a.columns : a.rows;
    int k = a.flipped ? a.rows : a.columns;
    int n = b.flipped ? b.rows : b.columns;
    if (m != rows || n != columns || k != (b.flipped ? b.columns : b.rows)) {
      throw new IllegalArgumentException(
          "a product of " + a + " and " + b + " does not fit " + this);
    }
    if (slab.isDouble()) {
      openblas_nolapack.cblas_dgemm(
          ROW_MAJOR,
          a.order(),
          b.order(),
          m,
          n,
          k,
          factor,
          a.slab.doublesAt(a.at),
          a.stride,
          b.slab.doublesAt(b.at),
          b.stride,
          keep,
          slab.doublesAt(at),
          stride);
    } else {
      openblas_nolapack.cblas_sgemm(
          ROW_MAJOR,
          a.order(),
          b.order(),
          m,
          n,
          k,
          (float) factor,
          a.slab.floatsAt(a.at),
          a.stride,
          b.slab.floatsAt(b.at),
          b.stride,
          (float) keep,
          slab.floatsAt(at),
          stride);
    }
  }

  private int order() {
    return flipped ? TRANSPOSED : PLAIN;
  }
}
