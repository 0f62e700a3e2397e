package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.ModelShape.RopeScaling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's shape as {@code config.json}, both ways. Keys as transformers 4 writes them, which 5
 * reads too; {@link ConfigReader} reads both.
 */
public final class HuggingFaceConfig {
  private HuggingFaceConfig() {}

  /**
   * The configuration of a shape.
   *
   * @param endOfText id of the token that ends a text
   * @param dtype {@code float32}, {@code bfloat16}, {@code float16} or {@code float64}
   */
  public static Map<String, Object> of(ModelShape shape, int endOfText, String dtype) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (shape.family() == Family.GPT2) {
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
    config.put("architectures", List.of(architecture(shape.family())));
    config.put("model_type", type(shape.family()));
    config.put("num_hidden_layers", shape.layers());
    config.put("hidden_size", shape.width());
    config.put("intermediate_size", shape.inner());
    config.put("num_attention_heads", shape.heads());
    config.put("num_key_value_heads", shape.kvHeads());
    config.put("head_dim", shape.headWidth());
    config.put("max_position_embeddings", shape.context());
    config.put("rms_norm_eps", shape.normEpsilon());
    config.put("rope_theta", shape.ropeBase());
    config.put("rope_scaling", shape.ropeScaling().map(HuggingFaceConfig::llama3).orElse(null));
    config.put("hidden_act", "silu");
    config.put("attention_dropout", 0.0);
    if (shape.family() != Family.QWEN2) {
      config.put("attention_bias", false);
    }
    if (shape.family() == Family.LLAMA) {
      config.put("mlp_bias", false);
    } else {
      config.put("use_sliding_window", false);
      config.put("sliding_window", null);
      config.put("max_window_layers", shape.layers());
    }
    config.put("tie_word_embeddings", shape.tiedHead());
  }

  private static Map<String, Object> llama3(RopeScaling scaling) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rope_type", "llama3");
    map.put("factor", scaling.factor());
    map.put("low_freq_factor", scaling.lowFreqFactor());
    map.put("high_freq_factor", scaling.highFreqFactor());
    map.put("original_max_position_embeddings", scaling.originalContext());
    return map;
  }

  private static void gpt2(ModelShape shape, Map<String, Object> config) {
    config.put("architectures", List.of(architecture(Family.GPT2)));
    config.put("model_type", type(Family.GPT2));
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

  static String type(Family family) {
    return switch (family) {
      case GPT2 -> "gpt2";
      case LLAMA -> "llama";
      case QWEN2 -> "qwen2";
      case QWEN3 -> "qwen3";
    };
  }

  static String architecture(Family family) {
    return switch (family) {
      case GPT2 -> "GPT2LMHeadModel";
      case LLAMA -> "LlamaForCausalLM";
      case QWEN2 -> "Qwen2ForCausalLM";
      case QWEN3 -> "Qwen3ForCausalLM";
    };
  }

  /**
   * The shape that a configuration describes.
   *
   * @throws dev.rootstock.contract.InvalidConfig naming at once each setting that changes the model
   *     in a way not known here, is missing, or is no size that a model has
   */
  public static ModelShape shape(Map<?, ?> config) {
    return new ConfigReader(Collections.unmodifiableMap(config)).shape();
  }

  /** What a configuration asks for and does not get, a sentence each: dropout. */
  public static List<String> notes(Map<?, ?> config) {
    return new ConfigReader(Collections.unmodifiableMap(config)).notes();
  }
}
