package dev.rootstock.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final ModelShape SHAPE = ModelShape.ofDepth(ModelShape.Family.LLAMA, 4, 100, 32);

  @Test
  void matricesAreNormalAndThoseBeforeTheResidualNarrower() {
    assertThat(deviation(values(1, "model.layers.0.self_attn.q_proj.weight")))
        .isCloseTo(0.02, within(2e-4));
    assertThat(deviation(values(1, "model.layers.3.mlp.down_proj.weight")))
        .isCloseTo(0.02 / Math.sqrt(8), within(1e-4));
  }

  @Test
  void normsAreOneAndLoraStartsAsNothing() {
    assertThat(values(1, "model.norm.weight")).containsOnly(1);
    assertThat(values(1, "model.layers.0.mlp.up_proj.lora_B.weight")).containsOnly(0);
    float[] a = values(1, "model.layers.0.mlp.up_proj.lora_A.weight");
    assertThat(deviation(a)).isCloseTo(1 / Math.sqrt(3.0 * 256), within(1e-3));
    for (float value : a) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(1f / 16);
    }
  }

  @Test
  void seedAndNameDecide() {
    String name = "model.layers.0.self_attn.k_proj.weight";
    assertThat(values(1, name)).isEqualTo(values(1, name)).isNotEqualTo(values(2, name));
    assertThat(values(1, name)).isNotEqualTo(values(1, "model.layers.0.self_attn.v_proj.weight"));
  }

  private static float[] values(long seed, String name) {
    TensorLayout tensor =
        Layout.of(SHAPE, Optional.of(new LoraSpec(8, 16))).stream()
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new Initialization(SHAPE, seed).values(tensor);
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
