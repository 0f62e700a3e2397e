package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.training.model.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code y += f · (x Aᵀ) Bᵀ} on one linear layer, or on neighbours that share their input: then the
 * A lie below one another and one product serves them, unless each leaves out other inputs.
 */
final class LowRank {
  private final List<Half> halves = new ArrayList<>(); // a module each
  private final Parameters.Tensor down_RI; // of all modules; null: there are none
  private final float factor;
  private final int rank;

  /**
   * @param column of the module's output in that of the whole product
   * @param key tells adapters apart to dropout
   */
  private record Half(Parameters.Tensor down_RI, Parameters.Tensor up_OR, int column, long key) {}

  /**
   * @param outs width of each module's output
   */
  LowRank(Parameters parameters, LoraSpec lora, String[] modules, int[] outs) {
    factor = (float) lora.factor();
    rank = lora.rank();
    List<String> downs = new ArrayList<>();
    int column = 0;
    for (int i = 0; i < modules.length; i++) {
      String down = modules[i] + Layout.DOWN;
      if (parameters.has(down)) {
        downs.add(down);
        halves.add(
            new Half(
                parameters.tensor(down),
                parameters.tensor(modules[i] + Layout.UP),
                column,
                modules[i].hashCode()));
      }
      column += outs[i];
    }
    down_RI = downs.isEmpty() ? null : parameters.stack(downs);
  }

  /** Columns of {@code x Aᵀ}. */
  int width() {
    return halves.size() * rank;
  }

  /**
   * @param low_NR gets {@code x Aᵀ}, for the backward pass
   */
  void forward(Share share, Matrix x_NI, Matrix low_NR, Matrix y_NO) {
    Lane lane = share.lane();
    if (share.dropout() == null) {
      lane.timesTransposed(low_NR, 1, x_NI, down_RI.weight(), 0);
    }
    for (int i = 0; i < halves.size(); i++) {
      Half half = halves.get(i);
      Matrix low = low_NR.columns(i * rank, rank);
      if (share.dropout() != null) {
        lane.timesTransposed(low, 1, kept(share, half, x_NI), half.down_RI.weight(), 0);
      }
      lane.timesTransposed(own(half, y_NO), factor, low, half.up_OR.weight(), 1);
    }
  }

  /** Adds to the gradients; sets {@code dlow}. */
  void gradients(Share share, Matrix x_NI, Matrix low_NR, Matrix dy_NO, Matrix dlow_NR) {
    Lane lane = share.lane();
    for (int i = 0; i < halves.size(); i++) {
      Half half = halves.get(i);
      Matrix dy = own(half, dy_NO);
      Matrix dlow = dlow_NR.columns(i * rank, rank);
      lane.transposedTimes(
          half.up_OR.gradient(share.part()), factor, dy, low_NR.columns(i * rank, rank), 1);
      lane.times(dlow, factor, dy, half.up_OR.weight(), 0);
      if (share.dropout() != null) {
        lane.transposedTimes(
            half.down_RI.gradient(share.part()), 1, dlow, kept(share, half, x_NI), 1);
      }
    }
    if (share.dropout() == null) {
      lane.transposedTimes(down_RI.gradient(share.part()), 1, dlow_NR, x_NI, 1);
    }
  }

  void inputGradient(Share share, Matrix dlow_NR, Matrix dx_NI) {
    if (share.dropout() == null) {
      share.lane().times(dx_NI, 1, dlow_NR, down_RI.weight(), 1);
      return;
    }
    for (int i = 0; i < halves.size(); i++) {
      Half half = halves.get(i);
      Matrix kept = scratch(share, dx_NI);
      share.lane().times(kept, 1, dlow_NR.columns(i * rank, rank), half.down_RI.weight(), 0);
      LeftOut.scale(share, half.key, kept, kept);
      for (int n = 0; n < dx_NI.rows(); n++) {
        Rows.add(
            dx_NI.memory(),
            dx_NI.row(n),
            kept.memory(),
            kept.row(n),
            dx_NI.memory(),
            dx_NI.row(n),
            dx_NI.columns());
      }
    }
  }

  private static Matrix kept(Share share, Half half, Matrix x_NI) {
    Matrix kept = scratch(share, x_NI);
    LeftOut.scale(share, half.key, x_NI, kept);
    return kept;
  }

  private static Matrix scratch(Share share, Matrix like) {
    long size = (long) like.rows() * like.columns();
    return Matrix.of(share.lane().scratch(1, size), like.rows(), like.columns());
  }

  private static Matrix own(Half half, Matrix y_NO) {
    return y_NO.columns(half.column, half.up_OR.rows());
  }
}
