package dev.rootstock.training.backend.cpu;

/**
 * RMSNorm (Zhang and Sennrich, 2019) without a bias, LayerNorm (Ba et al., 2016) with one. Forward
 * keeps each row's statistics.
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

  boolean trained() {
    return weight_D.trained() || (bias_D != null && bias_D.trained());
  }

  void forward(Lane lane, Matrix x_ND, Matrix y_ND, float[] scales, float[] means) {
    Matrix weight = weight_D.weight();
    for (int n = 0; n < x_ND.rows(); n++) {
      if (bias_D == null) {
        scales[n] = scale(lane, x_ND.memory(), x_ND.row(n), x_ND.columns(), epsilon);
        NormRows.scaled(
            x_ND.memory(),
            x_ND.row(n),
            scales[n],
            weight.memory(),
            weight.row(0),
            y_ND.memory(),
            y_ND.row(n),
            x_ND.columns());
      } else {
        centre(lane, x_ND, n, scales, means);
        Matrix bias = bias_D.weight();
        NormRows.centred(
            x_ND.memory(),
            x_ND.row(n),
            means[n],
            scales[n],
            weight.memory(),
            weight.row(0),
            bias.memory(),
            bias.row(0),
            y_ND.memory(),
            y_ND.row(n),
            x_ND.columns());
      }
    }
  }

  /** 1 / the root of a row's mean square. */
  static float scale(Lane lane, Object memory, long x, int count, double epsilon) {
    double squares = Sums.dot(memory, x, memory, x, count, lane.fold);
    return (float) (1 / Math.sqrt(squares / count + epsilon));
  }

  private void centre(Lane lane, Matrix x_ND, int n, float[] scales, float[] means) {
    int width = x_ND.columns();
    means[n] = Sums.sum(x_ND.memory(), x_ND.row(n), width, lane.fold) / width;
    double squares = NormRows.spread(x_ND.memory(), x_ND.row(n), means[n], width, lane.fold);
    scales[n] = (float) (1 / Math.sqrt(squares / width + epsilon));
  }

  /** Adds to dx, which the residual stream's gradient already lies in, and to the gradients. */
  void backward(Pass pass, Matrix x_ND, Matrix dy_ND, Matrix dx_ND, float[] scales, float[] means) {
    Lane lane = pass.lane();
    int width = x_ND.columns();
    Matrix weight = weight_D.weight();
    Matrix dw = pass.space().row.columns(0, width);
    Rows.clear(dw.memory(), dw.row(0), width);
    if (bias_D != null && bias_D.trained()) {
      Columns.addSums(dy_ND, bias_D.gradient(lane.index()));
    }
    for (int n = 0; n < x_ND.rows(); n++) {
      float mean = bias_D == null ? 0 : means[n];
      float along =
          NormRows.along(
              x_ND.memory(),
              x_ND.row(n),
              mean,
              weight.memory(),
              weight.row(0),
              dy_ND.memory(),
              dy_ND.row(n),
              width,
              lane.fold);
      float shift = 0;
      if (bias_D != null) {
        shift =
            Sums.dot(dy_ND.memory(), dy_ND.row(n), weight.memory(), weight.row(0), width, lane.fold)
                / width;
      }
      NormRows.backward(
          x_ND.memory(),
          x_ND.row(n),
          mean,
          scales[n],
          shift,
          along * scales[n] / width,
          weight.memory(),
          weight.row(0),
          dy_ND.memory(),
          dy_ND.row(n),
          dx_ND.memory(),
          dx_ND.row(n),
          dw.memory(),
          dw.row(0),
          width);
    }
    if (weight_D.trained()) {
      Matrix sum = weight_D.gradient(lane.index());
      Rows.add(sum.memory(), sum.row(0), dw.memory(), dw.row(0), sum.memory(), sum.row(0), width);
    }
  }
}
