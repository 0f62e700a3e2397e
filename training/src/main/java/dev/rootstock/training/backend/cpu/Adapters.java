package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.training.model.TensorLayout;
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
  void adapt(String[] modules, int[] outs) {
    LowRank lowRank = new LowRank(parameters, lora, modules, outs);
    if (lowRank.width() > 0) {
      byModule.put(modules[0], lowRank);
    }
  }

  /** Null: none of the modules that this product serves has one. */
  LowRank of(String module) {
    return byModule.get(module);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
