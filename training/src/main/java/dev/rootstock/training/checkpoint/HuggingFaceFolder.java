package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.ModelTensors;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A whole model as a folder that transformers loads, both ways. */
public final class HuggingFaceFolder {
  public static final String CONFIG = "config.json";
  public static final String GENERATION = "generation_config.json";
  public static final String WEIGHTS = "model.safetensors";
  public static final String SPECIAL_TOKENS = "special_tokens_map.json";

  static final String HEAD = "lm_head.weight";

  /** May be left out of GPT-2's names. */
  static final String PREFIX = "transformer.";

  private static final Pattern CONV1D =
      Pattern.compile(".*\\.(attn\\.c_attn|attn\\.c_proj|mlp\\.c_fc|mlp\\.c_proj)\\.weight");
  private static final Pattern
      BUFFER = // computed by transformers itself, and saved by some of its versions
      Pattern.compile(".*\\.(attn\\.bias|attn\\.masked_bias|rotary_emb\\.inv_freq)");

  private HuggingFaceFolder() {}

  /** Writes configuration, weights and tokenizer; weights in files of the usual size. */
  public static void write(
      Path folder,
      ModelShape shape,
      ModelTensors model,
      Map<String, byte[]> tokenizer,
      EndOfText endOfText)
      throws IOException {
    write(folder, shape, model, tokenizer, endOfText, ShardedTensors.SHARD);
  }

  /**
   * Writes configuration, weights and tokenizer.
   *
   * @param folder exists
   * @param tokenizer files of the tokenizer's folder, by name
   * @param endOfText the end-of-text token and its id
   * @param shard bytes of weights in one file, at most
   * @return sha256 of the weights' files, by name
   */
  static Map<String, String> write(
      Path folder,
      ModelShape shape,
      ModelTensors model,
      Map<String, byte[]> tokenizer,
      EndOfText endOfText,
      long shard)
      throws IOException {
    DataType type = typeOf(model);
    Map<String, Object> config =
        HuggingFaceConfig.of(
            shape, endOfText.id(), type == DataType.DOUBLE ? "float64" : "float32");
    Files.writeString(folder.resolve(CONFIG), Json.pretty(config));
    writeTokenizer(folder, tokenizer, endOfText);
    List<TensorLayout> whole = model.layout().stream().filter(HuggingFaceFolder::ofModel).toList();
    return writeTensors(
        folder, WEIGHTS, model, whole, Map.of("", Backend.Kind.WEIGHT), type, shard);
  }

  /**
   * Writes weights alone.
   *
   * @param shard bytes of weights in one file, at most
   */
  static void writeWeights(Path folder, Backend model, TensorHeader.Dtype dtype, long shard)
      throws IOException {
    List<SafeTensors.Named> named =
        model.layout().stream()
            .filter(HuggingFaceFolder::ofModel)
            .map(tensor -> new SafeTensors.Named(tensor.name(), shapeInFiles(tensor)))
            .toList();
    ShardedTensors.write(
        folder,
        WEIGHTS,
        named,
        dtype,
        shard,
        name -> inFiles(name, model.read(name, Backend.Kind.WEIGHT)));
  }

  /** A tensor's measures in files. */
  static List<Long> shapeInFiles(TensorLayout tensor) {
    return turned(tensor.name())
        ? List.of(tensor.shape().get(1), tensor.shape().get(0))
        : tensor.shape();
  }

  private static INDArray inFiles(String tensor, INDArray values) {
    if (!turned(tensor)) {
      return values;
    }
    try (values) {
      return values.transpose().dup('c');
    }
  }

  /** A special token. */
  public record EndOfText(String spelling, int id) {}

  /** Writes what a tokenizer needs beside a model or an adapter. */
  public static void writeTokenizer(Path folder, Map<String, byte[]> tokenizer, EndOfText endOfText)
      throws IOException {
    Map<String, Object> generation = new LinkedHashMap<>();
    generation.put("bos_token_id", endOfText.id());
    generation.put("eos_token_id", endOfText.id());
    generation.put("pad_token_id", endOfText.id());
    Files.writeString(folder.resolve(GENERATION), Json.pretty(generation));
    Map<String, Object> special = new LinkedHashMap<>();
    for (String role : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
      special.put(role, endOfText.spelling());
    }
    Files.writeString(folder.resolve(SPECIAL_TOKENS), Json.pretty(special));
    for (Map.Entry<String, byte[]> file : tokenizer.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /**
   * Writes tensors of a model.
   *
   * @param file name of the file if one is enough
   * @param kinds what to write of each tensor, by the ending its name gets
   * @return sha256 of each file, by name
   */
  static Map<String, String> writeTensors(
      Path folder,
      String file,
      ModelTensors model,
      List<TensorLayout> tensors,
      Map<String, Backend.Kind> kinds,
      DataType type,
      long shard)
      throws IOException {
    List<SafeTensors.Named> named = new ArrayList<>();
    Map<String, TensorLayout> layouts = new HashMap<>();
    Map<String, Backend.Kind> kindOf = new HashMap<>();
    for (TensorLayout tensor : tensors) {
      for (Map.Entry<String, Backend.Kind> kind : kinds.entrySet()) {
        String name = tensor.name() + kind.getKey();
        named.add(new SafeTensors.Named(name, shapeInFiles(tensor)));
        layouts.put(name, tensor);
        kindOf.put(name, kind.getValue());
      }
    }
    return ShardedTensors.write(
        folder,
        file,
        named,
        type,
        shard,
        name -> {
          String tensor = layouts.get(name).name();
          return inFiles(tensor, model.read(tensor, kindOf.get(name)));
        });
  }

  /**
   * Reads a model's weights.
   *
   * @param in a whole safetensors file
   * @throws BadTensors if a tensor is missing, unknown, of another shape or not finite
   */
  public static void readWeights(InputStream in, long length, Backend model) throws IOException {
    readWeights(ShardedTensors.Folder.of(WEIGHTS, in, length), model);
  }

  /**
   * Reads a model's weights.
   *
   * @param folder holds {@value #WEIGHTS}, or its shards and their index
   * @throws BadTensors if a tensor is missing, unknown, of another shape or not finite
   */
  public static void readWeights(ShardedTensors.Folder folder, Backend model) throws IOException {
    List<TensorLayout> whole = model.layout().stream().filter(HuggingFaceFolder::ofModel).toList();
    readTensors(folder, WEIGHTS, model, whole, Map.of("", Backend.Kind.WEIGHT));
  }

  static void readTensors(
      ShardedTensors.Folder folder,
      String file,
      Backend model,
      List<TensorLayout> tensors,
      Map<String, Backend.Kind> kinds)
      throws IOException {
    Map<String, TensorLayout> layouts = new HashMap<>();
    Map<String, Backend.Kind> kindOf = new HashMap<>();
    for (TensorLayout tensor : tensors) {
      kinds.forEach(
          (ending, kind) -> {
            layouts.put(tensor.name() + ending, tensor);
            kindOf.put(tensor.name() + ending, kind);
          });
    }
    Set<String> missing = new TreeSet<>(layouts.keySet());
    boolean tied = !layouts.containsKey(HEAD);
    ShardedTensors.read(
        folder,
        file,
        typeOf(model),
        (given, values) -> {
          String name = layouts.containsKey(given) ? given : PREFIX + given;
          TensorLayout tensor = layouts.get(name);
          if (tensor == null) {
            if (isBuffer(given) || (tied && given.equals(HEAD))) {
              return; // a tied head is the embedding, whatever the file says
            }
            throw new BadTensors(given + " is no tensor of this model");
          }
          take(model, tensor, kindOf.get(name), values);
          missing.remove(name);
        });
    if (!missing.isEmpty()) {
      throw new BadTensors(file + " lacks " + String.join(", ", missing));
    }
  }

  private static void take(Backend model, TensorLayout tensor, Backend.Kind kind, INDArray values)
      throws IOException {
    List<Long> shape = shapeInFiles(tensor);
    List<Long> found = Arrays.stream(values.shape()).boxed().toList();
    if (!found.equals(shape)) {
      throw new BadTensors(tensor.name() + " has shape " + found + "; this model needs " + shape);
    }
    if (!Double.isFinite(values.norm1Number().doubleValue())) {
      throw new BadTensors(tensor.name() + " holds values that are not finite");
    }
    if (turned(tensor.name())) {
      try (INDArray turned = values.transpose().dup('c')) {
        model.write(tensor.name(), kind, turned);
      }
    } else {
      model.write(tensor.name(), kind, values);
    }
  }

  /** Whether a tensor is computed by transformers itself, and is saved by some of its versions. */
  static boolean isBuffer(String name) {
    return BUFFER.matcher(name).matches();
  }

  /** Whether a tensor belongs to the model and not to an adapter on it. */
  static boolean ofModel(TensorLayout tensor) {
    return !tensor.name().contains(".lora_");
  }

  /** GPT-2's linear weights lie as [in, out] in files and as [out, in] here. */
  private static boolean turned(String name) {
    return CONV1D.matcher(name).matches();
  }

  /** The type of a model's weights. */
  static DataType typeOf(ModelTensors model) {
    String smallest =
        model.layout().stream()
            .min(Comparator.comparingLong(TensorLayout::elements))
            .orElseThrow()
            .name();
    try (INDArray values = model.read(smallest, Backend.Kind.WEIGHT)) {
      return values.dataType();
    }
  }
}
