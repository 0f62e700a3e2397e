package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One job's low-rank adapters over a frozen base, with their gradients and moments. Which job a
 * chunk belongs to is said by its {@link Pass}, so that one base can serve many.
 */
final class Adapters implements AutoCloseable {
  private final Parameters parameters;
  private final LoraSpec lora;
  private final Map<String, LowRank> byModule = new HashMap<>();

  Adapters(List<TensorLayout> layout, LoraSpec lora, int lanes) {
    parameters = new Parameters(layout, lanes);
    this.lora = lora;
  }

  Parameters parameters() {
    return parameters;
  }

  /** Called for every linear layer while the model is made. */
  void adapt(String... modules) {
    byModule.put(modules[0], new LowRank(parameters, lora, Arrays.asList(modules)));
  }

  LowRank of(String module) {
    return byModule.get(module);
  }

  @Override
  public void close() {
    parameters.close();
  }

  /**
   * {@code y += (α / R) · (x Aᵀ) Bᵀ} on one linear layer, or on neighbours that share their input:
   * then the A lie below one another and one product serves them.
   */
  static final class LowRank {
    private final Parameters.Tensor down_RI;
    private final List<Parameters.Tensor> ups_OR = new ArrayList<>();
    private final float factor;
    private final int rank;

    LowRank(Parameters parameters, LoraSpec lora, List<String> modules) {
      down_RI =
          parameters.stack(modules.stream().map(module -> module + ".lora_A.weight").toList());
      modules.forEach(module -> ups_OR.add(parameters.tensor(module + ".lora_B.weight")));
      factor = (float) (lora.alpha() / lora.rank());
      rank = lora.rank();
    }

    /**
     * @param low_NR gets {@code x Aᵀ}, for the backward pass
     */
    void forward(Lane lane, Matrix x_NI, Matrix low_NR, Matrix y_NO) {
      lane.timesTransposed(low_NR, 1, x_NI, down_RI.weight(), 0);
      int column = 0;
      for (int i = 0; i < ups_OR.size(); i++) {
        Matrix up = ups_OR.get(i).weight();
        lane.timesTransposed(
            y_NO.columns(column, up.rows()), factor, low_NR.columns(i * rank, rank), up, 1);
        column += up.rows();
      }
    }

    /** Adds to the gradients; sets {@code dlow}. */
    void gradients(Lane lane, Matrix x_NI, Matrix low_NR, Matrix dy_NO, Matrix dlow_NR) {
      int column = 0;
      for (int i = 0; i < ups_OR.size(); i++) {
        Parameters.Tensor up = ups_OR.get(i);
        Matrix dy = dy_NO.columns(column, up.rows());
        lane.transposedTimes(up.gradient(lane), factor, dy, low_NR.columns(i * rank, rank), 1);
        lane.times(dlow_NR.columns(i * rank, rank), factor, dy, up.weight(), 0);
        column += up.rows();
      }
      lane.transposedTimes(down_RI.gradient(lane), 1, dlow_NR, x_NI, 1);
    }

    void inputGradient(Lane lane, Matrix dlow_NR, Matrix dx_NI) {
      lane.times(dx_NI, 1, dlow_NR, down_RI.weight(), 1);
    }
  }
}
