package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** Dropout on the inputs of an adapter. */
final class LeftOut {
  private LeftOut() {}

  /** {@code y} gets what stays of {@code x}, scaled up; they may be one. */
  static void scale(Share share, long adapter, Matrix x_NI, Matrix y_NI) {
    int width = x_NI.columns();
    float[] shares = new float[width + LANES];
    for (int n = 0; n < x_NI.rows(); n++) {
      share.dropout().shares(adapter, n, shares, width);
      times(x_NI.memory(), x_NI.row(n), shares, y_NI.memory(), y_NI.row(n), width);
    }
  }

  private static void times(Object xm, long x, float[] shares, Object ym, long y, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      long at = (long) i * Access.BYTES;
      FloatVector factor = FloatVector.fromArray(FLOATS, shares, i);
      HERE.store(HERE.load(xm, x + at).mul(factor), ym, y + at);
    }
    if (i < count) {
      long at = (long) i * Access.BYTES;
      FloatVector factor = FloatVector.fromArray(FLOATS, shares, i);
      HERE.storeFirst(HERE.load(xm, x + at).mul(factor), ym, y + at, count - i);
    }
  }
}
