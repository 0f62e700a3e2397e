package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.engine.ExportOrder.Dtype;
import dev.rootstock.training.backend.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model for others: the folder that transformers loads, in the dtype asked for. */
public final class ExportFolder {
  private static final List<String> MARKS = List.of("bos_token_id", "eos_token_id", "pad_token_id");

  private ExportFolder() {}

  /**
   * Writes a whole model.
   *
   * @param folder exists
   * @param tokenizer files of the tokenizer's folder, by name
   * @param origin small files of the folder that the model came from, by name: ids of its marks,
   *     and how it generates, are taken over
   * @param shard bytes of weights in one file, at most
   */
  public static void write(
      Path folder,
      ModelShape shape,
      Backend model,
      Map<String, byte[]> tokenizer,
      HuggingFaceFolder.EndOfText endOfText,
      Map<String, byte[]> origin,
      Dtype dtype,
      long shard)
      throws IOException {
    Map<String, Object> config = HuggingFaceConfig.of(shape, endOfText.id(), word(dtype));
    Map<?, ?> own = object(origin.get(HuggingFaceFolder.CONFIG));
    for (String mark : MARKS) {
      if (own.containsKey(mark)) {
        config.put(mark, own.get(mark));
      }
    }
    Files.writeString(folder.resolve(HuggingFaceFolder.CONFIG), Json.pretty(config));
    Map<String, byte[]> beside = new TreeMap<>(tokenizer);
    if (origin.containsKey(HuggingFaceFolder.GENERATION)) {
      beside.put(HuggingFaceFolder.GENERATION, origin.get(HuggingFaceFolder.GENERATION));
    }
    HuggingFaceFolder.writeTokenizer(folder, beside, endOfText);
    HuggingFaceFolder.writeWeights(folder, model, stored(dtype), shard);
  }

  /**
   * The dtype in which most values of stored weights lie; float64 is given out as float32.
   *
   * @param weights a folder's files
   */
  public static Dtype dtype(ShardedTensors.Folder weights) throws IOException {
    Map<TensorHeader.Dtype, Long> elements = new LinkedHashMap<>();
    for (TensorHeader header :
        ShardedTensors.headers(weights, HuggingFaceFolder.WEIGHTS).values()) {
      header.tensors().stream()
          .filter(tensor -> tensor.dtype().isRead())
          .forEach(tensor -> elements.merge(tensor.dtype(), tensor.elements(), Long::sum));
    }
    TensorHeader.Dtype most =
        elements.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(TensorHeader.Dtype.F32);
    return switch (most) {
      case BF16 -> Dtype.BFLOAT16;
      case F16 -> Dtype.FLOAT16;
      case F32, F64, BOOL, U8, I8, I16, I32, I64 -> Dtype.FLOAT32;
    };
  }

  private static TensorHeader.Dtype stored(Dtype dtype) {
    return switch (dtype) {
      case FLOAT32 -> TensorHeader.Dtype.F32;
      case BFLOAT16 -> TensorHeader.Dtype.BF16;
      case FLOAT16 -> TensorHeader.Dtype.F16;
    };
  }

  private static String word(Dtype dtype) {
    return dtype.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Map<?, ?> object(byte[] json) {
    return json != null
            && Json.parse(new String(json, StandardCharsets.UTF_8)) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }
}
