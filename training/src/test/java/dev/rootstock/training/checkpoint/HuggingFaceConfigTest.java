package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.ModelShape.RopeScaling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigTest {
  private static final ModelShape STRETCHED =
      new ModelShape(
          Family.LLAMA,
          2,
          24,
          4,
          2,
          8,
          40,
          300,
          128,
          1e-5,
          500_000,
          false,
          Optional.of(new RopeScaling(8, 1, 4, 32)));

  private static Map<String, Object> config(Family family) {
    ModelShape shape =
        family == Family.GPT2
            ? new ModelShape(family, 2, 24, 4, 4, 6, 40, 300, 128, 1e-5, 10_000, true)
            : new ModelShape(family, 2, 24, 4, 2, 8, 40, 300, 128, 1e-5, 10_000, false);
    return config(shape);
  }

  private static Map<String, Object> config(ModelShape shape) {
    Map<String, Object> config = new LinkedHashMap<>();
    Object written = Json.parse(Json.line(HuggingFaceConfig.of(shape, 0, "float32")));
    ((Map<?, ?>) written).forEach((key, value) -> config.put((String) key, value));
    return config;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GPT2  | scale_attn_by_inverse_layer_idx | true",
        "GPT2  | reorder_and_upcast_attn | true",
        "GPT2  | scale_attn_weights | false",
        "GPT2  | tie_word_embeddings | false",
        "GPT2  | activation_function | \"gelu\"",
        "GPT2  | add_cross_attention | true",
        "GPT2  | architectures | [\"GPT2ForSequenceClassification\"]",
        "LLAMA | attention_bias | true",
        "LLAMA | mlp_bias | true",
        "LLAMA | hidden_act | \"gelu\"",
        "LLAMA | rope_scaling | {\"rope_type\":\"yarn\",\"factor\":4}",
        "LLAMA | rope_scaling | {\"type\":\"linear\",\"factor\":4}",
        "LLAMA | rope_scaling | {\"rope_type\":\"llama3\",\"factor\":4}",
        "LLAMA | rope_scaling | \"none\"",
        "LLAMA | rope_parameters | {\"rope_type\":\"dynamic\",\"factor\":2}",
        "LLAMA | quantization_config | {\"bits\":4}",
        "LLAMA | partial_rotary_factor | 0.5",
        "LLAMA | num_local_experts | 8",
        "QWEN2 | use_sliding_window | true",
        "QWEN2 | layer_types | [\"full_attention\",\"sliding_attention\"]",
        "QWEN3 | attention_bias | true",
        "QWEN3 | num_experts | 64",
        "LLAMA | model_type | \"mistral\"",
        "LLAMA | hidden_size | 1e30",
        "LLAMA | hidden_size | -24",
        "LLAMA | hidden_size | \"24\"",
        "LLAMA | num_hidden_layers | 2147483647",
        "LLAMA | num_hidden_layers | null",
        "LLAMA | vocab_size | 99999999999",
        "LLAMA | head_dim | 1048576000",
        "LLAMA | rms_norm_eps | \"small\"",
        "LLAMA | tie_word_embeddings | \"yes\"",
      })
  void refusesByNameWhatItDoesNotKnow(Family family, String key, String value) {
    Map<String, Object> config = config(family);
    HuggingFaceConfig.shape(config);
    config.put(key, Json.parse(value));

    assertThatThrownBy(() -> HuggingFaceConfig.shape(config))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(key);
  }

  @Test
  void tellsAllAtOnce() {
    Map<String, Object> config = config(Family.LLAMA);
    config.put("attention_bias", true);
    config.put("mlp_bias", true);
    config.remove("vocab_size");

    assertThatThrownBy(() -> HuggingFaceConfig.shape(config))
        .hasMessageContaining("attention_bias is true; it must be false")
        .hasMessageContaining("mlp_bias is true; it must be false")
        .hasMessageContaining("vocab_size is missing");
  }

  @Test
  void readsTheStretchedPositionsOfEitherVersion() {
    Map<String, Object> four = config(STRETCHED);
    Map<String, Object> five = new LinkedHashMap<>(four);
    Map<String, Object> rope = new LinkedHashMap<>();
    ((Map<?, ?>) five.remove("rope_scaling"))
        .forEach((key, value) -> rope.put((String) key, value));
    rope.put("rope_theta", five.remove("rope_theta"));
    five.put("rope_parameters", rope);
    five.put("dtype", five.remove("torch_dtype"));
    Map<String, Object> older = new LinkedHashMap<>(four);
    Map<String, Object> type = new LinkedHashMap<>(rope);
    type.put("type", type.remove("rope_type"));
    older.put("rope_scaling", type);

    for (Map<String, Object> config : List.of(four, five, older)) {
      assertThat(HuggingFaceConfig.shape(config)).isEqualTo(STRETCHED);
    }
  }

  @Test
  void whatIsLeftOutIsAsInTransformers() {
    Map<String, Object> llama = config(Family.LLAMA);
    List.of("num_key_value_heads", "head_dim", "rope_theta", "rms_norm_eps", "tie_word_embeddings")
        .forEach(llama::remove);
    ModelShape shape = HuggingFaceConfig.shape(llama);
    assertThat(shape.kvHeads()).isEqualTo(4);
    assertThat(shape.headWidth()).isEqualTo(6);
    assertThat(shape.ropeBase()).isEqualTo(10_000);
    assertThat(shape.normEpsilon()).isEqualTo(1e-6);
    assertThat(shape.tiedHead()).isFalse();
    Map<String, Object> gpt2 = config(Family.GPT2);
    gpt2.put("n_inner", null);
    assertThat(HuggingFaceConfig.shape(gpt2).inner()).isEqualTo(4 * 24);
  }
}
