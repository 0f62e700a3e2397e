package dev.rootstock.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final ModelShape LLAMA =
      new ModelShape(ModelShape.Family.LLAMA, 2, 24, 3, 1, 10, 20, 50, 16, 1e-5, 10_000, false);
  private static final ModelShape QWEN2 =
      new ModelShape(ModelShape.Family.QWEN2, 2, 24, 3, 1, 8, 20, 50, 16, 1e-6, 10_000, true);
  private static final ModelShape QWEN3 =
      new ModelShape(ModelShape.Family.QWEN3, 2, 24, 5, 1, 10, 20, 50, 16, 1e-6, 10_000, false);
  private static final ModelShape GPT2 = ModelShape.ofDepth(ModelShape.Family.GPT2, 2, 100, 32);

  @Test
  void llamaHasTheNamesAndShapesOfHuggingFace() {
    List<TensorLayout> layout = Layout.of(LLAMA, Optional.empty());

    assertThat(layout)
        .extracting(TensorLayout::name)
        .doesNotHaveDuplicates()
        .hasSize(1 + 2 * 9 + 1 + 1);
    assertThat(shape(layout, "model.layers.1.self_attn.q_proj.weight")).containsExactly(30L, 24L);
    assertThat(shape(layout, "model.layers.1.self_attn.k_proj.weight")).containsExactly(10L, 24L);
    assertThat(shape(layout, "model.layers.0.self_attn.o_proj.weight")).containsExactly(24L, 30L);
    assertThat(shape(layout, "model.layers.0.mlp.down_proj.weight")).containsExactly(24L, 20L);
    assertThat(shape(layout, "lm_head.weight")).containsExactly(50L, 24L);
  }

  @Test
  void qwen2HasBiasesBesideItsQueriesKeysAndValues() {
    List<TensorLayout> layout = Layout.of(QWEN2, Optional.empty());

    assertThat(layout).hasSize(1 + 2 * 12 + 1);
    assertThat(shape(layout, "model.layers.1.self_attn.q_proj.bias")).containsExactly(24L);
    assertThat(shape(layout, "model.layers.1.self_attn.k_proj.bias")).containsExactly(8L);
    assertThat(shape(layout, "model.layers.1.self_attn.v_proj.bias")).containsExactly(8L);
    assertThat(layout)
        .extracting(TensorLayout::name)
        .doesNotContain("model.layers.0.self_attn.o_proj.bias");
  }

  @Test
  void qwen3HasANormOfOneHeadForQueriesAndOneForKeys() {
    List<TensorLayout> layout = Layout.of(QWEN3, Optional.empty());

    assertThat(layout).hasSize(1 + 2 * 11 + 2);
    assertThat(shape(layout, "model.layers.0.self_attn.q_norm.weight")).containsExactly(10L);
    assertThat(shape(layout, "model.layers.1.self_attn.k_norm.weight")).containsExactly(10L);
    assertThat(shape(layout, "model.layers.1.self_attn.o_proj.weight")).containsExactly(24L, 50L);
  }

  @Test
  void gpt2KeepsLinearWeightsByOutput() {
    List<TensorLayout> layout = Layout.of(GPT2, Optional.empty());

    assertThat(shape(layout, "transformer.h.1.attn.c_attn.weight")).containsExactly(384L, 128L);
    assertThat(shape(layout, "transformer.wpe.weight")).containsExactly(32L, 128L);
    assertThat(layout).extracting(TensorLayout::name).doesNotContain("lm_head.weight");
  }

  @Test
  void elementsAddUpToTheShapesParameters() {
    for (ModelShape shape : List.of(LLAMA, QWEN2, QWEN3, GPT2)) {
      long elements =
          Layout.of(shape, Optional.empty()).stream().mapToLong(TensorLayout::elements).sum();
      assertThat(elements).isEqualTo(shape.parameters());
    }
  }

  @Test
  void matricesDecayAndVectorsDoNot() {
    assertThat(Layout.of(GPT2, Optional.empty()))
        .allMatch(t -> t.decays() == (t.shape().size() == 2));
  }

  @Test
  void withAnAdapterOnlyTheAdapterIsTrained() {
    List<TensorLayout> layout = Layout.of(LLAMA, Optional.of(new LoraSpec(4, 8)));

    assertThat(layout).allMatch(t -> t.trained() == t.name().contains(".lora_"));
    assertThat(layout.stream().filter(TensorLayout::trained)).hasSize(2 * 7 * 2);
    assertThat(shape(layout, "model.layers.0.mlp.down_proj.lora_A.weight"))
        .containsExactly(4L, 20L);
    assertThat(shape(layout, "model.layers.0.mlp.down_proj.lora_B.weight"))
        .containsExactly(24L, 4L);
  }

  private static List<Long> shape(List<TensorLayout> layout, String name) {
    return layout.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow().shape();
  }
}
