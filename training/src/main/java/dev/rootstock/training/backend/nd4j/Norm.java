package dev.rootstock.training.backend.nd4j;

import java.util.Arrays;

/**
 * RMSNorm (Zhang and Sennrich, 2019) without a bias, LayerNorm (Ba et al., 2016) with one. Composed
 * here, since ND4J's {@code layer_norm} has no epsilon. The statistics are computed again in the
 * backward pass.
 */
final class Norm {
  private final Parameters.Tensor weight_D;
  private final Parameters.Tensor bias_D; // null: RMSNorm
  private final double epsilon;

  Norm(Parameters parameters, String module, double epsilon) {
    weight_D = parameters.tensor(module + ".weight");
    bias_D = parameters.has(module + ".bias") ? parameters.tensor(module + ".bias") : null;
    this.epsilon = epsilon;
  }

  void forward(Lane lane, Matrix x_ND, Matrix y_ND) {
    int width = x_ND.columns();
    double[] x = lane.row(0, width);
    double[] weight = lane.row(1, width);
    double[] bias = lane.row(2, width);
    lane.get(weight_D.group().weights, weight_D.at(), weight, width);
    if (bias_D == null) {
      Arrays.fill(bias, 0, width, 0);
    } else {
      lane.get(bias_D.group().weights, bias_D.at(), bias, width);
    }
    for (int n = 0; n < x_ND.rows(); n++) {
      lane.get(x_ND.slab(), x_ND.row(n), x, width);
      normalize(x, width);
      for (int i = 0; i < width; i++) {
        x[i] = x[i] * weight[i] + bias[i];
      }
      lane.put(y_ND.slab(), y_ND.row(n), x, width);
    }
  }

  /** Adds to dx, which the residual stream's gradient already lies in, and to the gradients. */
  void backward(Lane lane, Matrix x_ND, Matrix dy_ND, Matrix dx_ND) {
    int width = x_ND.columns();
    double[] x = lane.row(0, width);
    double[] weight = lane.row(1, width);
    double[] dy = lane.row(2, width);
    double[] dx = lane.row(3, width);
    double[] dWeight = lane.row(4, width);
    double[] dBias = lane.row(5, width);
    Arrays.fill(dWeight, 0, width, 0);
    Arrays.fill(dBias, 0, width, 0);
    lane.get(weight_D.group().weights, weight_D.at(), weight, width);
    for (int n = 0; n < x_ND.rows(); n++) {
      lane.get(x_ND.slab(), x_ND.row(n), x, width);
      lane.get(dy_ND.slab(), dy_ND.row(n), dy, width);
      lane.get(dx_ND.slab(), dx_ND.row(n), dx, width);
      double scale = normalize(x, width);
      for (int i = 0; i < width; i++) {
        dWeight[i] += dy[i] * x[i];
        dBias[i] += dy[i];
        dy[i] *= weight[i];
      }
      double along = Arithmetic.dot(dy, x, width) / width;
      double mean = bias_D == null ? 0 : Arithmetic.sum(dy, width) / width;
      for (int i = 0; i < width; i++) {
        dx[i] += scale * (dy[i] - mean - x[i] * along);
      }
      lane.put(dx_ND.slab(), dx_ND.row(n), dx, width);
    }
    if (weight_D.trained()) {
      Matrix gradient = weight_D.gradient(lane);
      lane.add(gradient.slab(), gradient.at(), dWeight, width);
    }
    if (bias_D != null && bias_D.trained()) {
      Matrix biasGradient = bias_D.gradient(lane);
      lane.add(biasGradient.slab(), biasGradient.at(), dBias, width);
    }
  }

  /** Centres (LayerNorm) and scales x in place; returns the scale. */
  private double normalize(double[] x, int width) {
    if (bias_D != null) {
      double mean = Arithmetic.sum(x, width) / width;
      for (int i = 0; i < width; i++) {
        x[i] -= mean;
      }
    }
    double scale = 1 / Math.sqrt(Arithmetic.dot(x, x, width) / width + epsilon);
    for (int i = 0; i < width; i++) {
      x[i] *= scale;
    }
    return scale;
  }
}
