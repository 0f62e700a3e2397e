package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;

/**
 * SwiGLU (Shazeer, 2020) over gate and up side by side, or GELU by tanh (Hendrycks and Gimpel,
 * 2016).
 */
final class Activation {
  private static final double ROOT = StrictMath.sqrt(2 / StrictMath.PI);
  private static final double CUBE = 0.044715;

  private final boolean gated;

  Activation(ModelShape shape) {
    gated = shape.gated();
  }

  /** Columns that go in for each that comes out. */
  int inputs() {
    return gated ? 2 : 1;
  }

  void forward(Lane lane, Matrix in_NG, Matrix out_NF) {
    int inner = out_NF.columns();
    double[] in = lane.row(0, in_NG.columns());
    double[] s = lane.row(1, inner);
    double[] spare = lane.row(2, inner);
    for (int n = 0; n < in_NG.rows(); n++) {
      lane.get(in_NG.slab(), in_NG.row(n), in, in_NG.columns());
      share(in, s, inner, spare);
      if (gated) {
        for (int i = 0; i < inner; i++) {
          s[i] = in[i] * s[i] * in[inner + i];
        }
      } else {
        for (int i = 0; i < inner; i++) {
          s[i] = in[i] * s[i];
        }
      }
      lane.put(out_NF.slab(), out_NF.row(n), s, inner);
    }
  }

  /** Overwrites din. */
  void backward(Lane lane, Matrix in_NG, Matrix dout_NF, Matrix din_NG) {
    int inner = dout_NF.columns();
    double[] in = lane.row(0, in_NG.columns());
    double[] s = lane.row(1, inner);
    double[] spare = lane.row(2, inner);
    double[] dout = lane.row(3, inner);
    double[] din = lane.row(4, in_NG.columns());
    for (int n = 0; n < in_NG.rows(); n++) {
      lane.get(in_NG.slab(), in_NG.row(n), in, in_NG.columns());
      lane.get(dout_NF.slab(), dout_NF.row(n), dout, inner);
      share(in, s, inner, spare);
      if (gated) {
        swigluBackward(in, s, dout, din, inner);
      } else {
        geluBackward(in, s, dout, din, inner);
      }
      lane.put(din_NG.slab(), din_NG.row(n), din, in_NG.columns());
    }
  }

  /**
   * The share of each value that passes: sigmoid(x) for SiLU; ½ (1 + tanh u) = sigmoid(2u) for
   * GELU.
   */
  private void share(double[] x, double[] s, int count, double[] spare) {
    if (gated) {
      Arithmetic.sigmoid(x, 1, count, s, spare);
      return;
    }
    for (int i = 0; i < count; i++) {
      spare[i] = ROOT * (x[i] + CUBE * x[i] * x[i] * x[i]);
    }
    Arithmetic.sigmoid(spare, 2, count, s, spare);
  }

  private static void swigluBackward(
      double[] in, double[] s, double[] dout, double[] din, int inner) {
    for (int i = 0; i < inner; i++) {
      double gate = in[i];
      double passed = dout[i] * s[i];
      din[i] = passed * in[inner + i] * (1 + gate * (1 - s[i]));
      din[inner + i] = passed * gate;
    }
  }

  private static void geluBackward(
      double[] in, double[] s, double[] dout, double[] din, int inner) {
    for (int i = 0; i < inner; i++) {
      double x = in[i];
      double slope = 2 * ROOT * (1 + 3 * CUBE * x * x);
      din[i] = dout[i] * s[i] * (1 + x * (1 - s[i]) * slope);
    }
  }
}
