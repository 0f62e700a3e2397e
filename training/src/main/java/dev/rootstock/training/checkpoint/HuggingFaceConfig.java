package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's shape as {@code config.json}, both ways. Keys as transformers 4 writes them, which 5
 * reads too.
 */
public final class HuggingFaceConfig {
  private HuggingFaceConfig() {}

  /**
   * The configuration of a shape.
   *
   * @param endOfText id of the token that ends a text
   * @param dtype {@code float32} or {@code float64}
   */
  public static Map<String, Object> of(ModelShape shape, int endOfText, String dtype) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (shape.family() == ModelShape.Family.GPT2) {
      gpt2(shape, config);
    } else {
      llama(shape, config);
    }
    config.put("vocab_size", shape.vocabulary());
    config.put("bos_token_id", endOfText);
    config.put("eos_token_id", endOfText);
    config.put("initializer_range", 0.02);
    config.put("torch_dtype", dtype);
    config.put("use_cache", true);
    return config;
  }

  private static void llama(ModelShape shape, Map<String, Object> config) {
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("model_type", "llama");
    config.put("num_hidden_layers", shape.layers());
    config.put("hidden_size", shape.width());
    config.put("intermediate_size", shape.inner());
    config.put("num_attention_heads", shape.heads());
    config.put("num_key_value_heads", shape.kvHeads());
    config.put("head_dim", shape.headWidth());
    config.put("max_position_embeddings", shape.context());
    config.put("rms_norm_eps", shape.normEpsilon());
    config.put("rope_theta", shape.ropeBase());
    config.put("rope_scaling", null);
    config.put("hidden_act", "silu");
    config.put("attention_bias", false);
    config.put("attention_dropout", 0.0);
    config.put("mlp_bias", false);
    config.put("tie_word_embeddings", shape.tiedHead());
  }

  private static void gpt2(ModelShape shape, Map<String, Object> config) {
    config.put("architectures", List.of("GPT2LMHeadModel"));
    config.put("model_type", "gpt2");
    config.put("n_layer", shape.layers());
    config.put("n_embd", shape.width());
    config.put("n_head", shape.heads());
    config.put("n_inner", shape.inner());
    config.put("n_positions", shape.context());
    config.put("layer_norm_epsilon", shape.normEpsilon());
    config.put("activation_function", "gelu_new");
    config.put("attn_pdrop", 0.0);
    config.put("embd_pdrop", 0.0);
    config.put("resid_pdrop", 0.0);
    config.put("scale_attn_weights", true);
    config.put("tie_word_embeddings", true);
  }

  /**
   * The shape that a configuration describes.
   *
   * @throws InvalidConfig naming each setting that changes the model in a way not known here
   */
  public static ModelShape shape(Map<?, ?> config) {
    String type = String.valueOf(config.get("model_type"));
    return switch (type) {
      case "llama" -> llamaShape(config);
      case "gpt2" -> gpt2Shape(config);
      default ->
          throw new InvalidConfig(Problem.of("model_type", "\"" + type + "\"", "llama or gpt2"));
    };
  }

  private static ModelShape llamaShape(Map<?, ?> config) {
    Map<?, ?> rope = config.get("rope_parameters") instanceof Map<?, ?> map ? map : Map.of();
    Object scaling = config.get("rope_scaling");
    if (scaling == null
        && !"default".equals(rope.get("rope_type"))
        && rope.get("rope_type") != null) {
      scaling = rope;
    }
    new Check()
        .that(
            scaling == null,
            "rope_scaling",
            scaling,
            "absent: scaled rotary positions are not known here")
        .that(isFalse(config, "attention_bias"), "attention_bias", true, "false")
        .that(isFalse(config, "mlp_bias"), "mlp_bias", true, "false")
        .that(isOr(config, "hidden_act", "silu"), "hidden_act", config.get("hidden_act"), "silu")
        .that(config.get("quantization_config") == null, "quantization_config", "given", "absent")
        .done();
    int width = whole(config, "hidden_size");
    int heads = whole(config, "num_attention_heads");
    Object theta =
        config.get("rope_theta") != null ? config.get("rope_theta") : rope.get("rope_theta");
    return new ModelShape(
        ModelShape.Family.LLAMA,
        whole(config, "num_hidden_layers"),
        width,
        heads,
        config.get("num_key_value_heads") == null ? heads : whole(config, "num_key_value_heads"),
        config.get("head_dim") == null ? width / heads : whole(config, "head_dim"),
        whole(config, "intermediate_size"),
        whole(config, "vocab_size"),
        whole(config, "max_position_embeddings"),
        real(config.get("rms_norm_eps"), 1e-6),
        real(theta, 10_000),
        Boolean.TRUE.equals(config.get("tie_word_embeddings")));
  }

  private static ModelShape gpt2Shape(Map<?, ?> config) {
    new Check()
        .that(
            isOr(config, "activation_function", "gelu_new"),
            "activation_function",
            config.get("activation_function"),
            "gelu_new")
        .that(
            !Boolean.FALSE.equals(config.get("scale_attn_weights")),
            "scale_attn_weights",
            false,
            "true")
        .that(
            isFalse(config, "scale_attn_by_inverse_layer_idx"),
            "scale_attn_by_inverse_layer_idx",
            true,
            "false")
        .that(isFalse(config, "reorder_and_upcast_attn"), "reorder_and_upcast_attn", true, "false")
        .that(
            !Boolean.FALSE.equals(config.get("tie_word_embeddings")),
            "tie_word_embeddings",
            false,
            "true")
        .that(config.get("quantization_config") == null, "quantization_config", "given", "absent")
        .done();
    int width = whole(config, "n_embd");
    int heads = whole(config, "n_head");
    return new ModelShape(
        ModelShape.Family.GPT2,
        whole(config, "n_layer"),
        width,
        heads,
        heads,
        width / heads,
        config.get("n_inner") == null ? 4 * width : whole(config, "n_inner"),
        whole(config, "vocab_size"),
        whole(config, "n_positions"),
        real(config.get("layer_norm_epsilon"), 1e-5),
        10_000,
        true);
  }

  private static boolean isFalse(Map<?, ?> config, String key) {
    return config.get(key) == null || Boolean.FALSE.equals(config.get(key));
  }

  private static boolean isOr(Map<?, ?> config, String key, String wanted) {
    return config.get(key) == null || wanted.equals(config.get(key));
  }

  private static int whole(Map<?, ?> config, String key) {
    if (config.get(key) instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() > 0) {
      return number.intValue();
    }
    throw new InvalidConfig(Problem.of(key, config.get(key), "a whole number above 0"));
  }

  private static double real(Object value, double absent) {
    return value instanceof Number number ? number.doubleValue() : absent;
  }
}
