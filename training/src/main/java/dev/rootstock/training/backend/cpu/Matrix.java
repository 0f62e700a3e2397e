package dev.rootstock.training.backend.cpu;

/**
 * A row-major part of a slab.
 *
 * @param stride elements from one row to the next
 */
record Matrix(Slab slab, long at, int rows, int columns, int stride) {
  static Matrix of(Slab slab, long at, int rows, int columns) {
    return new Matrix(slab, at, rows, columns, columns);
  }

  static Matrix of(Slab slab, int rows, int columns) {
    return of(slab, 0, rows, columns);
  }

  Matrix part(int row, int rowCount, int column, int columnCount) {
    return new Matrix(slab, at + (long) row * stride + column, rowCount, columnCount, stride);
  }

  Matrix rows(int row, int count) {
    return part(row, count, 0, columns);
  }

  Matrix columns(int column, int count) {
    return part(0, rows, column, count);
  }

  Object memory() {
    return slab.memory;
  }

  /** Place of a row in {@link #memory}, in bytes. */
  long row(int row) {
    return slab.origin + (at + (long) row * stride) * Access.BYTES;
  }

  /** Bytes from one row to the next. */
  long step() {
    return (long) stride * Access.BYTES;
  }

  long address() {
    return slab.address + at * Access.BYTES;
  }

  boolean dense() {
    return stride == columns;
  }
}
