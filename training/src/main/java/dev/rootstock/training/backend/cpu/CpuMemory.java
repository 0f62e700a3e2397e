package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import java.util.Optional;

/** What this backend will take, counted by the code that takes it. */
public final class CpuMemory {
  private static final int MANY = 3; // who trains more than this part of a model has no adapter

  private CpuMemory() {}

  /**
   * Bytes for training, and for writing beside it.
   *
   * @param trained values that learn: the shape's own, some of them, or an adapter's
   * @param tokens of one lane's chunk; a longer sequence is computed whole
   * @param time positions of the longest row, and of a text that is written
   */
  public static long bytes(ModelShape shape, long trained, int lanes, int tokens, int time) {
    Measures measures = Measures.here().withTokens(tokens);
    List<TensorLayout> own = Layout.of(shape, Optional.empty());
    boolean whole = trained == shape.parameters();
    List<TensorLayout> base = whole ? own : own.stream().map(CpuMemory::frozen).toList();
    boolean adapted = trained < shape.parameters() / MANY;
    Optional<LoraSpec> lora = adapted ? Optional.of(adapter(shape, trained)) : Optional.empty();
    long learning = whole ? 0 : trained * Access.BYTES * ((adapted ? 3L : 2L) + lanes);
    int chunk = measures.sequences(time) * time;
    long lane = Workspace.bytes(shape, lora, measures, chunk, time, true);
    long text =
        Workspace.bytes(shape, lora, measures, time, time, false)
            + lanes * Workspace.bytes(shape, lora, measures, Texts.AT_ONCE, shape.context(), false)
            + Texts.held(shape, lanes, time);
    long tables = shape.learnedPositions() ? 0 : Rotary.bytes(shape);
    return Parameters.bytes(base, lanes) + learning + lanes * lane + text + tables;
  }

  /** Tokens of a chunk unless they are told. */
  public static int tokens() {
    return Measures.here().tokens();
  }

  private static TensorLayout frozen(TensorLayout tensor) {
    return new TensorLayout(tensor.name(), tensor.shape(), tensor.decays(), false);
  }

  /** An adapter on every linear layer with as many values. */
  private static LoraSpec adapter(ModelShape shape, long trained) {
    long ofRankOne =
        Layout.of(shape, Optional.of(new LoraSpec(1, 1))).stream()
            .filter(TensorLayout::trained)
            .mapToLong(TensorLayout::elements)
            .sum();
    return new LoraSpec((int) Math.max(1, (trained + ofRankOne - 1) / ofRankOne), 1);
  }
}
