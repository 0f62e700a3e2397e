package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The header of a safetensors file, checked against the file's length before any data is read.
 *
 * @param tensors in the order of their data, without gap or overlap
 * @param metadata strings to strings
 * @param dataBegin bytes from the file's start
 */
record TensorHeader(List<Tensor> tensors, Map<String, String> metadata, long dataBegin) {
  static final int LONGEST = 100_000_000; // bytes; the format's own limit
  private static final String METADATA = "__metadata__";

  /** How elements are stored. */
  enum Dtype {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    /** This one and the rest: of masks that some folders hold, and that nobody reads. */
    BOOL(1),
    U8(1),
    I8(1),
    I16(2),
    I32(4),
    I64(8);

    final int bytes;

    Dtype(int bytes) {
      this.bytes = bytes;
    }

    boolean isRead() {
      return compareTo(BF16) <= 0;
    }

    static Dtype of(DataType type) {
      return type == DataType.DOUBLE ? F64 : F32;
    }
  }

  /** One tensor; {@code begin} and {@code end} are bytes from the data's start. */
  record Tensor(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    long elements() {
      return (end - begin) / dtype.bytes;
    }
  }

  /**
   * Parses the header's JSON.
   *
   * @param fileLength bytes of the whole file
   * @throws BadTensors naming the tensor and the rule it breaks
   */
  static TensorHeader parse(byte[] json, long fileLength) throws BadTensors {
    if (json.length == 0 || json[0] != '{') {
      throw new BadTensors("the header must begin with '{'");
    }
    Map<?, ?> tree;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      tree = (Map<?, ?>) Json.parse(text); // refuses a key that stands twice
    } catch (CharacterCodingException | IllegalArgumentException notJson) {
      throw new BadTensors("the header is not UTF-8 JSON: " + notJson.getMessage());
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String name = (String) entry.getKey();
      if (name.equals(METADATA)) {
        metadata.putAll(metadata(entry.getValue()));
      } else {
        tensors.add(tensor(name, entry.getValue()));
      }
    }
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long dataBegin = 8L + json.length;
    long expected = 0;
    for (Tensor tensor : tensors) {
      if (tensor.begin() != expected) {
        throw new BadTensors(
            tensor.name()
                + " begins at "
                + tensor.begin()
                + "; the tensor before it ends at "
                + expected);
      }
      expected = tensor.end();
    }
    if (dataBegin + expected != fileLength) {
      throw new BadTensors(
          "the header describes " + (dataBegin + expected) + " bytes; the file has " + fileLength);
    }
    return new TensorHeader(List.copyOf(tensors), metadata, dataBegin);
  }

  private static Map<String, String> metadata(Object tree) throws BadTensors {
    if (!(tree instanceof Map<?, ?> map)
        || !map.values().stream().allMatch(String.class::isInstance)) {
      throw new BadTensors(METADATA + " must map strings to strings");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    map.forEach((key, value) -> metadata.put((String) key, (String) value));
    return metadata;
  }

  private static Tensor tensor(String name, Object tree) throws BadTensors {
    if (!(tree instanceof Map<?, ?> map)
        || !(map.get("dtype") instanceof String word)
        || !(map.get("shape") instanceof List<?> measures)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || map.size() != 3) {
      throw new BadTensors(name + " must have exactly dtype, shape and two data_offsets");
    }
    Dtype dtype = dtype(name, word);
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    long begin = whole(name, offsets.get(0));
    long end = whole(name, offsets.get(1));
    try {
      for (Object measure : measures) {
        shape.add(whole(name, measure));
        elements = Math.multiplyExact(elements, whole(name, measure));
      }
      if (end < begin || end - begin != Math.multiplyExact(elements, (long) dtype.bytes)) {
        throw new BadTensors(
            name
                + " has "
                + elements
                + " elements of "
                + dtype
                + " in "
                + (end - begin)
                + " bytes");
      }
    } catch (ArithmeticException overflow) {
      throw new BadTensors(name + " has a shape whose product overflows: " + shape);
    }
    return new Tensor(name, dtype, List.copyOf(shape), begin, end);
  }

  private static Dtype dtype(String name, String word) throws BadTensors {
    for (Dtype dtype : Dtype.values()) {
      if (dtype.name().equals(word) && (dtype.isRead() || HuggingFaceFolder.isBuffer(name))) {
        return dtype;
      }
    }
    throw new BadTensors(name + " has dtype " + word + "; F64, F32, F16 and BF16 are read");
  }

  private static long whole(String name, Object value) throws BadTensors {
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= 0
        && number.doubleValue() < 0x1p53) {
      return number.longValue();
    }
    throw new BadTensors(name + " has " + value + " where a whole number of 0 or more must stand");
  }

  /**
   * The header's bytes for tensors in the order of their data, padded so that the data begins on 8
   * bytes.
   */
  static byte[] write(List<Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(METADATA, new LinkedHashMap<>(metadata));
    for (Tensor tensor : tensors) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.dtype().name());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(tensor.begin(), tensor.end()));
      tree.put(tensor.name(), entry);
    }
    String json = Json.line(tree);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }
}
