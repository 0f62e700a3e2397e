package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.LoraSpec;

/**
 * {@code y += (α / R) · (x Aᵀ) Bᵀ} on one linear layer, whose output may be some columns of a wider
 * one.
 */
final class LowRankAdapter {
  private final Parameters.Tensor down_RI;
  private final Parameters.Tensor up_OR;
  private final double factor;
  private final int rank;
  private final int firstColumn;

  LowRankAdapter(Parameters parameters, String module, LoraSpec lora, int firstColumn) {
    down_RI = parameters.tensor(module + ".lora_A.weight");
    up_OR = parameters.tensor(module + ".lora_B.weight");
    factor = lora.alpha() / lora.rank();
    rank = lora.rank();
    this.firstColumn = firstColumn;
  }

  void forward(Lane lane, Matrix x_NI, Matrix y_NO) {
    Matrix low_NR = Matrix.of(lane.scratch(0, (long) x_NI.rows() * rank), x_NI.rows(), rank);
    low_NR.product(1, x_NI, down_RI.weight().t(), 0);
    own(y_NO).product(factor, low_NR, up_OR.weight().t(), 1);
  }

  void backward(Lane lane, Matrix x_NI, Matrix dy_NO, Matrix dx_NI) {
    int rows = x_NI.rows();
    Matrix low_NR = Matrix.of(lane.scratch(0, (long) rows * rank), rows, rank);
    Matrix dlow_NR = Matrix.of(lane.scratch(1, (long) rows * rank), rows, rank);
    Matrix dy = own(dy_NO);
    low_NR.product(1, x_NI, down_RI.weight().t(), 0);
    up_OR.gradient(lane).product(factor, dy.t(), low_NR, 1);
    dlow_NR.product(factor, dy, up_OR.weight(), 0);
    down_RI.gradient(lane).product(1, dlow_NR.t(), x_NI, 1);
    dx_NI.product(1, dlow_NR, down_RI.weight(), 1);
  }

  private Matrix own(Matrix y_NO) {
    return y_NO.columns(firstColumn, up_OR.rows());
  }
}
