package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.training.model.Layout;

/**
 * {@code y += f · (x Aᵀ) Bᵀ} on one linear layer, whose output may be some columns of a wider one.
 * Where it is learning, some of x may be left out.
 */
final class LowRankAdapter {
  private final Parameters.Tensor down_RI;
  private final Parameters.Tensor up_OR;
  private final double factor;
  private final int rank;
  private final int firstColumn;
  private final long layer;

  LowRankAdapter(Parameters parameters, String module, LoraSpec lora, int firstColumn) {
    down_RI = parameters.tensor(module + Layout.DOWN);
    up_OR = parameters.tensor(module + Layout.UP);
    factor = lora.factor();
    rank = lora.rank();
    layer = module.hashCode();
    this.firstColumn = firstColumn;
  }

  void forward(Lane lane, Matrix x_NI, Matrix y_NO) {
    Matrix low_NR = Matrix.of(lane.scratch(0, (long) x_NI.rows() * rank), x_NI.rows(), rank);
    low_NR.product(1, kept(lane, x_NI), down_RI.weight().t(), 0);
    own(y_NO).product(factor, low_NR, up_OR.weight().t(), 1);
  }

  void backward(Lane lane, Matrix x_NI, Matrix dy_NO, Matrix dx_NI) {
    int rows = x_NI.rows();
    Matrix low_NR = Matrix.of(lane.scratch(0, (long) rows * rank), rows, rank);
    Matrix dlow_NR = Matrix.of(lane.scratch(1, (long) rows * rank), rows, rank);
    Matrix dy = own(dy_NO);
    Matrix kept_NI = kept(lane, x_NI);
    low_NR.product(1, kept_NI, down_RI.weight().t(), 0);
    up_OR.gradient(lane).product(factor, dy.t(), low_NR, 1);
    dlow_NR.product(factor, dy, up_OR.weight(), 0);
    down_RI.gradient(lane).product(1, dlow_NR.t(), kept_NI, 1);
    if (lane.dropout().isEmpty()) {
      dx_NI.product(1, dlow_NR, down_RI.weight(), 1);
      return;
    }
    kept_NI.product(1, dlow_NR, down_RI.weight(), 0);
    lane.dropout().get().keep(lane, layer, kept_NI, dx_NI, true);
  }

  /** What stays of the inputs, in scratch memory where that is less than all. */
  private Matrix kept(Lane lane, Matrix x_NI) {
    if (lane.dropout().isEmpty()) {
      return x_NI;
    }
    long size = (long) x_NI.rows() * x_NI.columns();
    Matrix kept_NI = Matrix.of(lane.scratch(3, size), x_NI.rows(), x_NI.columns());
    lane.dropout().get().keep(lane, layer, x_NI, kept_NI, false);
    return kept_NI;
  }

  private Matrix own(Matrix y_NO) {
    return y_NO.columns(firstColumn, up_OR.rows());
  }
}
