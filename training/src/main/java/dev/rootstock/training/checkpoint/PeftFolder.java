package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A low-rank adapter as a folder that PEFT loads, both ways. */
public final class PeftFolder {
  public static final String CONFIG = "adapter_config.json";
  public static final String WEIGHTS = "adapter_model.safetensors";

  static final String PREFIX = "base_model.model.";
  private static final String DOWN = Layout.DOWN;
  private static final String UP = Layout.UP;
  private static final List<String> REFUSED = // what changes an adapter in a way not known here
      List.of(
          "use_dora",
          "modules_to_save",
          "rank_pattern",
          "alpha_pattern",
          "lora_bias",
          "layer_replication",
          "target_parameters",
          "trainable_token_indices",
          "alora_invocation_tokens",
          "use_qalora");

  private PeftFolder() {}

  /**
   * Writes the adapter of a model opened with one.
   *
   * @param base where the whole model lies, for people
   */
  public static void write(Path folder, ModelShape shape, LoraSpec lora, Backend model, String base)
      throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", base);
    config.put("r", lora.rank());
    config.put("lora_alpha", lora.alpha());
    config.put("lora_dropout", lora.dropout().orElse(0.0));
    config.put("use_rslora", lora.rslora().orElse(false));
    config.put("target_modules", List.copyOf(targets(shape, lora)));
    config.put("bias", "none");
    config.put("fan_in_fan_out", shape.family() == ModelShape.Family.GPT2);
    config.put("inference_mode", true);
    Files.writeString(folder.resolve(CONFIG), Json.pretty(config));
    List<SafeTensors.Named> named =
        model.layout().stream()
            .filter(tensor -> !HuggingFaceFolder.ofModel(tensor))
            .map(tensor -> new SafeTensors.Named(PREFIX + tensor.name(), tensor.shape()))
            .toList();
    SafeTensors.write(
        folder.resolve(WEIGHTS),
        named,
        HuggingFaceFolder.typeOf(model),
        name -> model.read(name.substring(PREFIX.length()), Backend.Kind.WEIGHT));
  }

  /** Last parts of the modules that get an adapter. */
  private static Set<String> targets(ModelShape shape, LoraSpec lora) {
    Set<String> targets = new TreeSet<>();
    for (TensorLayout tensor : Layout.of(shape, Learns.adapter(Optional.of(lora)))) {
      if (tensor.name().endsWith(DOWN)) {
        String module = tensor.name().substring(0, tensor.name().length() - DOWN.length());
        targets.add(module.substring(module.lastIndexOf('.') + 1));
      }
    }
    return targets;
  }

  /**
   * The rank and scale of an adapter.
   *
   * @throws BadTensors naming a setting that changes the adapter in a way not known here
   */
  public static LoraSpec readConfig(byte[] json) throws BadTensors {
    Map<?, ?> config = parsed(json);
    for (String refused : REFUSED) {
      Object value = config.get(refused);
      if (value != null
          && !Boolean.FALSE.equals(value)
          && !Map.of().equals(value)
          && !List.of().equals(value)) {
        throw new BadTensors(CONFIG + " sets " + refused + ", which is not known here");
      }
    }
    Object bias = config.get("bias");
    if (bias != null && !"none".equals(bias)) {
      throw new BadTensors(
          CONFIG + " sets bias to " + bias + "; trained biases are not known here");
    }
    if (!"LORA".equals(config.get("peft_type"))
        || !(config.get("r") instanceof Number rank)
        || !(config.get("lora_alpha") instanceof Number alpha)) {
      throw new BadTensors(CONFIG + " must say peft_type LORA, r and lora_alpha");
    }
    Optional<List<String>> targets =
        config.get("target_modules") instanceof List<?> names && !names.isEmpty()
            ? Optional.of(names.stream().map(String::valueOf).sorted().toList())
            : Optional.empty(); // a pattern: the tensors tell
    Optional<Double> dropout =
        config.get("lora_dropout") instanceof Number share
            ? Optional.of(share.doubleValue())
            : Optional.empty();
    return new LoraSpec(
        rank.intValue(),
        alpha.doubleValue(),
        dropout,
        targets,
        Optional.of(Boolean.TRUE.equals(config.get("use_rslora"))));
  }

  /**
   * Adds an adapter's product to the weights of a whole model: W + (alpha / rank) B A.
   *
   * @param in a whole {@value #WEIGHTS}
   * @throws BadTensors if a module has no weight in the model, or half an adapter
   */
  public static void merge(InputStream in, long length, LoraSpec lora, Backend model)
      throws IOException {
    Map<String, INDArray> halves = new HashMap<>();
    try {
      SafeTensors.read(
          in,
          length,
          HuggingFaceFolder.typeOf(model),
          (name, values) -> halves.put(name, values.dup('c')));
      Set<String> modules = new TreeSet<>();
      for (String name : halves.keySet()) {
        modules.add(
            module(name).orElseThrow(() -> new BadTensors(name + " is no tensor of an adapter")));
      }
      for (String module : modules) {
        INDArray down = halves.get(PREFIX + module + DOWN);
        INDArray up = halves.get(PREFIX + module + UP);
        String name = module + ".weight";
        boolean known = model.layout().stream().anyMatch(tensor -> tensor.name().equals(name));
        if (down == null || up == null || !known) {
          throw new BadTensors(
              PREFIX
                  + module
                  + " must be a linear layer of the model with both halves of an adapter;"
                  + " is it one of another base?");
        }
        try (INDArray weight = model.read(name, Backend.Kind.WEIGHT);
            INDArray product = up.mmul(down)) {
          if (!Arrays.equals(product.shape(), weight.shape())) {
            throw new BadTensors(module + " has another shape in the model than in the adapter");
          }
          weight.addi(product.muli(lora.factor()));
          model.write(name, Backend.Kind.WEIGHT, weight);
        }
      }
    } finally {
      new ArrayList<>(halves.values()).forEach(INDArray::close);
    }
  }

  /**
   * Fills the adapter of a model that was opened with one, to go on from where it was left.
   *
   * @param model opened with what {@link #readConfig} tells
   * @throws BadTensors if a tensor of the model's adapter is missing, or one is too many
   */
  public static void read(Path folder, Backend model) throws IOException {
    Path weights = folder.resolve(WEIGHTS);
    Map<String, TensorLayout> wanted = new HashMap<>();
    model.layout().stream()
        .filter(tensor -> !HuggingFaceFolder.ofModel(tensor))
        .forEach(tensor -> wanted.put(PREFIX + tensor.name(), tensor));
    List<String> strange = new ArrayList<>();
    try (InputStream in = Files.newInputStream(weights)) {
      SafeTensors.read(
          in,
          Files.size(weights),
          HuggingFaceFolder.typeOf(model),
          (name, values) -> {
            TensorLayout tensor = wanted.remove(name);
            long[] shape =
                tensor == null
                    ? null
                    : tensor.shape().stream().mapToLong(Long::longValue).toArray();
            if (tensor == null || !Arrays.equals(shape, values.shape())) {
              strange.add(name);
            } else {
              model.write(tensor.name(), Backend.Kind.WEIGHT, values);
            }
          });
    }
    if (!strange.isEmpty() || !wanted.isEmpty()) {
      throw new BadTensors(
          "the adapter is of another base: "
              + (strange.isEmpty()
                  ? "it has no " + new TreeSet<>(wanted.keySet()).first()
                  : "the base has no place for " + strange.get(0)));
    }
  }

  /** The linear layer that a tensor of an adapter belongs to; empty if it is no such tensor. */
  static Optional<String> module(String name) {
    for (String half : List.of(DOWN, UP)) {
      if (name.startsWith(PREFIX) && name.endsWith(half)) {
        return Optional.of(name.substring(PREFIX.length(), name.length() - half.length()));
      }
    }
    return Optional.empty();
  }

  static Map<?, ?> parsed(byte[] json) throws BadTensors {
    try {
      if (Json.parse(new String(json, StandardCharsets.UTF_8)) instanceof Map<?, ?> config) {
        return config;
      }
      throw new BadTensors(CONFIG + " holds no JSON object");
    } catch (IllegalArgumentException notJson) {
      throw new BadTensors(CONFIG + " is not JSON: " + notJson.getMessage());
    }
  }

  static void requireFinite(String name, INDArray values) throws BadTensors {
    if (!Double.isFinite(values.norm1Number().doubleValue())) {
      throw new BadTensors(name + " holds values that are not finite");
    }
  }
}
