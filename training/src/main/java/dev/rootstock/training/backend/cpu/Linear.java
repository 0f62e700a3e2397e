package dev.rootstock.training.backend.cpu;

import java.util.Arrays;
import java.util.List;

/**
 * {@code y = x Wᵀ + b}, for one linear layer or for neighbours that share their input; with the
 * adapters of the jobs that a pass's rows belong to.
 */
final class Linear {
  private final String module; // the first
  private final Parameters.Tensor weight_OI;
  private final Parameters.Tensor bias_O; // null where the family has none
  private final int adapter; // which of a block's

  Linear(Parameters parameters, List<Adapters> jobs, int adapter, String... modules) {
    module = modules[0];
    weight_OI = parameters.stack(Arrays.stream(modules).map(m -> m + ".weight").toList());
    bias_O =
        parameters.has(module + ".bias")
            ? parameters.stack(Arrays.stream(modules).map(m -> m + ".bias").toList())
            : null;
    this.adapter = adapter;
    if (!jobs.isEmpty()) {
      int[] outs =
          Arrays.stream(modules).mapToInt(m -> parameters.tensor(m + ".weight").rows()).toArray();
      jobs.forEach(job -> job.adapt(modules, outs));
    }
  }

  /**
   * @param added to the product, dense; null: nothing
   */
  void forward(Pass pass, Workspace.OfBlock block, Matrix x_NI, Matrix y_NO, Matrix added) {
    Matrix bias = bias_O == null ? null : bias_O.weight();
    for (int n = 0; n < y_NO.rows() && (bias != null || added != null); n++) {
      begin(y_NO, n, bias, added);
    }
    float keep = bias != null || added != null ? 1 : 0;
    pass.lane().timesTransposed(y_NO, 1, x_NI, weight_OI.weight(), keep);
    for (Share share : pass.shares()) {
      LowRank lowRank = lowRank(share);
      if (lowRank != null) {
        Matrix low = share.dense(block.low().get(adapter), lowRank.width());
        lowRank.forward(share, share.rows(x_NI), low, share.rows(y_NO));
      }
    }
  }

  private static void begin(Matrix y_NO, int n, Matrix bias, Matrix added) {
    Object m = y_NO.memory();
    if (bias == null) {
      Rows.copy(added.memory(), added.row(n), m, y_NO.row(n), y_NO.columns());
    } else if (added == null) {
      Rows.copy(bias.memory(), bias.row(0), m, y_NO.row(n), y_NO.columns());
    } else {
      Rows.add(
          added.memory(), added.row(n), bias.memory(), bias.row(0), m, y_NO.row(n), y_NO.columns());
    }
  }

  /**
   * Adds to the gradients, then overwrites dx.
   *
   * @param dx_NI may be x itself; null: nobody wants it
   */
  void backward(Pass pass, Workspace.OfBlock block, Matrix x_NI, Matrix dy_NO, Matrix dx_NI) {
    Lane lane = pass.lane();
    if (weight_OI.trained()) {
      lane.transposedTimes(weight_OI.gradient(lane.index()), 1, dy_NO, x_NI, 1);
    }
    if (bias_O != null && bias_O.trained()) {
      Columns.addSums(dy_NO, bias_O.gradient(lane.index()));
    }
    for (Share share : pass.shares()) {
      LowRank lowRank = lowRank(share);
      if (lowRank != null) {
        Matrix low = share.dense(block.low().get(adapter), lowRank.width());
        lowRank.gradients(share, share.rows(x_NI), low, share.rows(dy_NO), dlow(share, lowRank));
      }
    }
    if (dx_NI == null) {
      return;
    }
    lane.times(dx_NI, 1, dy_NO, weight_OI.weight(), 0);
    for (Share share : pass.shares()) {
      LowRank lowRank = lowRank(share);
      if (lowRank != null) {
        lowRank.inputGradient(share, dlow(share, lowRank), share.rows(dx_NI));
      }
    }
  }

  private LowRank lowRank(Share share) {
    return share.job() == null ? null : share.job().of(module);
  }

  private static Matrix dlow(Share share, LowRank lowRank) {
    return share.dense(share.space().dlow_NR, lowRank.width());
  }
}
