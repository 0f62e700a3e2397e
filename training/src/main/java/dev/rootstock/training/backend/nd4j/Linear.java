package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.training.model.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = x Wᵀ + b}, for one linear layer or for neighbours that share their input; with their
 * adapters.
 */
final class Linear {
  private final Parameters.Tensor weight_OI;
  private final Parameters.Tensor bias_O; // null where the family has none
  private final List<LowRankAdapter> adapters = new ArrayList<>();

  Linear(Parameters parameters, Optional<LoraSpec> lora, String... modules) {
    weight_OI = parameters.stack(Arrays.stream(modules).map(module -> module + ".weight").toList());
    bias_O =
        parameters.has(modules[0] + ".bias")
            ? parameters.stack(Arrays.stream(modules).map(module -> module + ".bias").toList())
            : null;
    int column = 0;
    for (String module : modules) {
      if (parameters.has(module + Layout.DOWN)) {
        adapters.add(new LowRankAdapter(parameters, module, lora.get(), column));
      }
      column += parameters.tensor(module + ".weight").rows();
    }
  }

  /**
   * @param added to the product and then overwritten by it: y's own former values
   */
  void forward(Lane lane, Matrix x_NI, Matrix y_NO, boolean added) {
    boolean keep = added;
    if (bias_O != null) {
      addBias(lane, y_NO, added);
      keep = true;
    }
    y_NO.product(1, x_NI, weight_OI.weight().t(), keep ? 1 : 0);
    for (LowRankAdapter adapter : adapters) {
      adapter.forward(lane, x_NI, y_NO);
    }
  }

  /** Overwrites dx, adds to the gradients. */
  void backward(Lane lane, Matrix x_NI, Matrix dy_NO, Matrix dx_NI) {
    dx_NI.product(1, dy_NO, weight_OI.weight(), 0);
    if (weight_OI.trained()) {
      weight_OI.gradient(lane).product(1, dy_NO.t(), x_NI, 1);
    }
    if (bias_O != null && bias_O.trained()) {
      addBiasGradient(lane, dy_NO);
    }
    for (LowRankAdapter adapter : adapters) {
      adapter.backward(lane, x_NI, dy_NO, dx_NI);
    }
  }

  private void addBias(Lane lane, Matrix y_NO, boolean added) {
    int width = y_NO.columns();
    double[] bias = lane.row(0, width);
    double[] y = lane.row(1, width);
    lane.get(bias_O.group().weights, bias_O.at(), bias, width);
    for (int n = 0; n < y_NO.rows(); n++) {
      if (!added) {
        lane.put(y_NO.slab(), y_NO.row(n), bias, width);
        continue;
      }
      lane.get(y_NO.slab(), y_NO.row(n), y, width);
      for (int i = 0; i < width; i++) {
        y[i] += bias[i];
      }
      lane.put(y_NO.slab(), y_NO.row(n), y, width);
    }
  }

  private void addBiasGradient(Lane lane, Matrix dy_NO) {
    int width = dy_NO.columns();
    double[] sum = lane.row(0, width);
    double[] dy = lane.row(1, width);
    Arrays.fill(sum, 0, width, 0);
    for (int n = 0; n < dy_NO.rows(); n++) {
      lane.get(dy_NO.slab(), dy_NO.row(n), dy, width);
      for (int i = 0; i < width; i++) {
        sum[i] += dy[i];
      }
    }
    Matrix gradient = bias_O.gradient(lane);
    lane.add(gradient.slab(), gradient.at(), sum, width);
  }
}
