package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.ModelShape.RopeScaling;
import dev.rootstock.contract.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@code config.json} of transformers 4 or 5, of which nothing is trusted. Gathers what is
 * wrong. Not thread-safe.
 */
final class ConfigReader {
  // Far above any model's, and low enough that no product of a few of them overflows.
  private static final long MOST_LAYERS = 1 << 12;
  private static final long WIDEST = 1 << 20;
  private static final long LARGEST = 1 << 24; // vocabulary, context, inner width
  private static final int SHOWN = 120; // characters of a value in a message

  private static final Set<String> SILU = Set.of("silu", "swish");
  private static final Set<String> TANH_GELU = Set.of("gelu_new", "gelu_pytorch_tanh");
  private static final List<String> DROPOUTS =
      List.of("attn_pdrop", "embd_pdrop", "resid_pdrop", "attention_dropout");

  private final Map<?, ?> config;
  private final Check check = new Check();

  ConfigReader(Map<?, ?> config) {
    this.config = config;
  }

  ModelShape shape() {
    Family family = family();
    List<?> architectures = config.get("architectures") instanceof List<?> list ? list : List.of();
    String wanted = HuggingFaceConfig.architecture(family);
    check.that(
        architectures.isEmpty()
            || architectures.contains(wanted)
            || (family == Family.GPT2 && architectures.contains("GPT2Model")),
        "architectures",
        shown(architectures),
        wanted + "; other heads are not known here");
    absent("quantization_config", "absent; save the model unquantized");
    for (String experts : List.of("num_experts", "num_local_experts")) {
      absent(experts, "absent; experts are not known here");
    }
    refused("add_cross_attention", false);
    Object tied = config.get("tie_word_embeddings");
    check.that(
        tied == null || tied instanceof Boolean, "tie_word_embeddings", shown(tied), "a boolean");
    ModelShape shape = family == Family.GPT2 ? gpt2() : llama(family);
    check.done();
    return Objects.requireNonNull(shape);
  }

  private Family family() {
    Object type = config.get("model_type");
    return Arrays.stream(Family.values())
        .filter(family -> HuggingFaceConfig.type(family).equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfig(
                    Problem.of(
                        "model_type",
                        type == null ? "missing" : shown(type),
                        "gpt2, llama, qwen2 or qwen3; other architectures are not known here")));
  }

  private ModelShape llama(Family family) {
    oneOf("hidden_act", SILU);
    refused("attention_bias", false);
    refused("mlp_bias", false);
    refused("use_sliding_window", false);
    if (config.get("layer_types") instanceof List<?> types) {
      for (Object type : Set.copyOf(types.stream().map(String::valueOf).toList())) {
        check.that(
            "full_attention".equals(type), "layer_types", shown(type), "full_attention alone");
      }
    }
    Map<?, ?> rope = rope();
    for (Map<?, ?> place : List.of(config, rope)) {
      Object partial = place.get("partial_rotary_factor");
      check.that(
          partial == null || (partial instanceof Number part && part.doubleValue() == 1),
          "partial_rotary_factor",
          shown(partial),
          "absent or 1");
    }
    int width = size("hidden_size", WIDEST);
    int heads = size("num_attention_heads", WIDEST);
    int layers = size("num_hidden_layers", MOST_LAYERS);
    int kvHeads = sizeOr("num_key_value_heads", heads, WIDEST);
    int usual = family == Family.QWEN3 ? 128 : width / Math.max(1, heads);
    int headWidth = sizeOr("head_dim", Math.max(2, usual), WIDEST);
    int inner = size("intermediate_size", LARGEST);
    int vocabulary = size("vocab_size", LARGEST);
    int context = sizeOr("max_position_embeddings", family == Family.LLAMA ? 2048 : 32768, LARGEST);
    long channels = (long) heads * headWidth;
    check.that(
        channels <= LARGEST, "head_dim", headWidth, "at most " + LARGEST + " times heads in all");
    double epsilon = real(config, "rms_norm_eps", 1e-6);
    double base =
        config.get("rope_theta") != null
            ? real(config, "rope_theta", 10_000)
            : real(rope, "rope_theta", 10_000);
    Optional<RopeScaling> scaling = scaling(rope);
    if (!check.problems().isEmpty()) {
      return null;
    }
    return new ModelShape(
        family,
        layers,
        width,
        heads,
        kvHeads,
        headWidth,
        inner,
        vocabulary,
        context,
        epsilon,
        base,
        Boolean.TRUE.equals(config.get("tie_word_embeddings")),
        scaling);
  }

  /** Version 5's {@code rope_parameters}, else version 4's {@code rope_scaling}. */
  private Map<?, ?> rope() {
    for (String key : List.of("rope_parameters", "rope_scaling")) {
      Object value = config.get(key);
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      check.that(value == null, key, shown(value), "an object");
    }
    return Map.of();
  }

  private Optional<RopeScaling> scaling(Map<?, ?> rope) {
    Object type = rope.get("rope_type") == null ? rope.get("type") : rope.get("rope_type");
    if (type == null || "default".equals(type)) {
      return Optional.empty();
    }
    if (!"llama3".equals(type)) {
      check.that(
          false,
          config.get("rope_parameters") == null ? "rope_scaling" : "rope_parameters",
          shown(type),
          "default or llama3; other ways to stretch rotary positions are not known here");
      return Optional.empty();
    }
    double factor = real(rope, "factor", Double.NaN);
    double low = real(rope, "low_freq_factor", Double.NaN);
    double high = real(rope, "high_freq_factor", Double.NaN);
    double original = real(rope, "original_max_position_embeddings", Double.NaN);
    boolean whole = original == Math.rint(original) && original > 0 && original <= LARGEST;
    check.that(
        whole && !Double.isNaN(factor + low + high),
        "rope_scaling",
        shown(rope),
        "with factor, low_freq_factor, high_freq_factor and original_max_position_embeddings");
    try {
      return check.problems().isEmpty()
          ? Optional.of(new RopeScaling(factor, low, high, (int) original))
          : Optional.empty();
    } catch (InvalidConfig wrong) {
      check.addAll(
          wrong.problems().stream().map(problem -> problem.under("rope_scaling")).toList());
      return Optional.empty();
    }
  }

  private ModelShape gpt2() {
    oneOf("activation_function", TANH_GELU);
    refused("scale_attn_weights", true);
    refused("scale_attn_by_inverse_layer_idx", false);
    refused("reorder_and_upcast_attn", false);
    refused("tie_word_embeddings", true);
    int width = size("n_embd", WIDEST);
    int heads = size("n_head", WIDEST);
    int layers = size("n_layer", MOST_LAYERS);
    int inner = sizeOr("n_inner", 4 * width, LARGEST);
    int vocabulary = size("vocab_size", LARGEST);
    int context = size("n_positions", LARGEST);
    double epsilon = real(config, "layer_norm_epsilon", 1e-5);
    if (!check.problems().isEmpty()) {
      return null;
    }
    return new ModelShape(
        Family.GPT2,
        layers,
        width,
        heads,
        heads,
        Math.max(2, width / heads),
        inner,
        vocabulary,
        context,
        epsilon,
        10_000,
        true);
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (String dropout : DROPOUTS) {
      if (config.get(dropout) instanceof Number rate && rate.doubleValue() > 0) {
        notes.add(dropout + " is " + rate + "; dropout is not taken over into finetunes");
      }
    }
    return notes;
  }

  private void absent(String key, String wanted) {
    Object value = config.get(key);
    check.that(
        value == null || (value instanceof Number number && number.doubleValue() == 0),
        key,
        shown(value),
        wanted);
  }

  private void refused(String key, boolean wanted) {
    Object value = config.get(key);
    check.that(value == null || value.equals(wanted), key, shown(value), String.valueOf(wanted));
  }

  private void oneOf(String key, Set<String> known) {
    Object value = config.get(key);
    check.that(
        value == null || known.contains(value),
        key,
        shown(value),
        String.join(" or ", known.stream().sorted().toList()));
  }

  private int sizeOr(String key, int absent, long most) {
    return config.get(key) == null ? absent : size(key, most);
  }

  /** A size; 1 where it is wrong, which is then noted. */
  private int size(String key, long most) {
    Object value = config.get(key);
    boolean fits =
        value instanceof Number number
            && number.doubleValue() == number.longValue()
            && number.longValue() > 0
            && number.longValue() <= most;
    check.that(
        fits, key, value == null ? "missing" : shown(value), "a whole number from 1 to " + most);
    return fits ? ((Number) value).intValue() : 1;
  }

  private double real(Map<?, ?> map, String key, double absent) {
    Object value = map.get(key);
    boolean fits = value instanceof Number number && Double.isFinite(number.doubleValue());
    check.that(value == null || fits, key, shown(value), "a number");
    return fits ? ((Number) value).doubleValue() : absent;
  }

  private static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
