package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Tensors in one safetensors file, or in several with an index that says which tensor lies where:
 * {@code model.safetensors}, or {@code model-00001-of-00003.safetensors} and on with {@code
 * model.safetensors.index.json}, as transformers names them. One tensor is held at a time.
 * Stateless.
 */
public final class ShardedTensors {
  /** Bytes of tensors in a file, at most, unless one tensor alone is larger. */
  public static final long SHARD = 5_000_000_000L;

  private static final String ENDING = ".safetensors";
  private static final String INDEX = ".index.json";
  private static final int LONGEST_INDEX = 100_000_000; // bytes, as for a header
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  private ShardedTensors() {}

  /** Where the files of a set lie. */
  public interface Folder {
    /** A file's bytes; empty if there is none of that name. */
    OptionalLong size(String file) throws IOException;

    /** The caller closes. */
    InputStream open(String file) throws IOException;

    /** One file of a name, which can be opened once. */
    static Folder of(String name, InputStream in, long length) {
      return new Folder() {
        @Override
        public OptionalLong size(String file) {
          return file.equals(name) ? OptionalLong.of(length) : OptionalLong.empty();
        }

        @Override
        public InputStream open(String file) {
          return in;
        }
      };
    }

    /** A folder of this machine. */
    static Folder of(Path folder) {
      return new Folder() {
        @Override
        public OptionalLong size(String file) throws IOException {
          Path path = folder.resolve(file);
          return Files.isRegularFile(path)
              ? OptionalLong.of(Files.size(path))
              : OptionalLong.empty();
        }

        @Override
        public InputStream open(String file) throws IOException {
          return Files.newInputStream(folder.resolve(file));
        }
      };
    }
  }

  /**
   * Writes tensors in the order of their names. Equal tensors and sizes give equal files.
   *
   * @param whole name of the file if one is enough, for example {@code model.safetensors}
   * @param type FLOAT or DOUBLE
   * @param shard bytes of tensors in one file, at most; {@link #SHARD} unless it is for a test
   * @return the sha256 of each tensor file, taken while writing; the index is not among them
   */
  public static Map<String, String> write(
      Path folder,
      String whole,
      List<SafeTensors.Named> tensors,
      DataType type,
      long shard,
      SafeTensors.Giver giver)
      throws IOException {
    return write(folder, whole, tensors, TensorHeader.Dtype.of(type), shard, giver);
  }

  /** The same in any type that files may have. */
  static Map<String, String> write(
      Path folder,
      String whole,
      List<SafeTensors.Named> tensors,
      TensorHeader.Dtype type,
      long shard,
      SafeTensors.Giver giver)
      throws IOException {
    List<List<SafeTensors.Named>> cut = cut(tensors, type.bytes, shard);
    Map<String, String> sums = new LinkedHashMap<>();
    Map<String, Object> places = new TreeMap<>();
    long bytes = 0;
    for (int i = 0; i < cut.size(); i++) {
      String file = cut.size() == 1 ? whole : name(whole, i + 1, cut.size());
      sums.put(file, SafeTensors.write(folder.resolve(file), cut.get(i), type, giver));
      for (SafeTensors.Named tensor : cut.get(i)) {
        places.put(tensor.name(), file);
        bytes += bytes(tensor, type.bytes);
      }
    }
    if (cut.size() > 1) {
      Map<String, Object> index = new LinkedHashMap<>();
      index.put("metadata", Map.of("total_size", bytes));
      index.put("weight_map", places);
      Files.writeString(folder.resolve(whole + INDEX), Json.pretty(index));
    }
    return sums;
  }

  private static String name(String whole, int number, int of) {
    String stem = whole.substring(0, whole.length() - ENDING.length());
    return String.format(Locale.ROOT, "%s-%05d-of-%05d%s", stem, number, of, ENDING);
  }

  private static List<List<SafeTensors.Named>> cut(
      List<SafeTensors.Named> tensors, int width, long shard) {
    List<List<SafeTensors.Named>> cut = new ArrayList<>(List.of(new ArrayList<>()));
    long filled = 0;
    for (SafeTensors.Named tensor :
        tensors.stream().sorted(Comparator.comparing(SafeTensors.Named::name)).toList()) {
      long bytes = bytes(tensor, width);
      if (filled > 0 && filled + bytes > shard) {
        cut.add(new ArrayList<>());
        filled = 0;
      }
      cut.get(cut.size() - 1).add(tensor);
      filled += bytes;
    }
    return cut;
  }

  private static long bytes(SafeTensors.Named tensor, int width) {
    return tensor.shape().stream().reduce((long) width, Math::multiplyExact);
  }

  /**
   * Reads a set, file after file; of a whole file and an index the whole file is read.
   *
   * @param whole name of the file if there is one only
   * @param as type of the arrays handed out, FLOAT or DOUBLE
   * @throws BadTensors naming the file: one is missing, breaks the format, or holds other tensors
   *     than the index says
   */
  public static void read(Folder folder, String whole, DataType as, SafeTensors.Taker taker)
      throws IOException {
    if (folder.size(whole).isPresent()) {
      read(folder, whole, as, taker, null);
      return;
    }
    Map<String, Set<String>> files = index(folder, whole);
    for (Map.Entry<String, Set<String>> file : files.entrySet()) {
      if (folder.size(file.getKey()).isEmpty()) {
        throw new BadTensors(whole + INDEX + " names " + file.getKey() + ", which is missing");
      }
    }
    for (Map.Entry<String, Set<String>> file : files.entrySet()) {
      read(folder, file.getKey(), as, taker, file.getValue());
    }
  }

  /**
   * @param wanted what the index says of the file; null if there is no index
   */
  private static void read(
      Folder folder, String file, DataType as, SafeTensors.Taker taker, Set<String> wanted)
      throws IOException {
    Set<String> missing = wanted == null ? Set.of() : new TreeSet<>(wanted);
    Set<String> found = new HashSet<>();
    try (InputStream in = folder.open(file)) {
      SafeTensors.read(
          in,
          folder.size(file).orElseThrow(),
          as,
          (name, values) -> {
            if (wanted != null && !wanted.contains(name)) {
              throw new BadTensors("it holds " + name + ", which the index has elsewhere");
            }
            found.add(name);
            taker.take(name, values);
          });
    } catch (BadTensors bad) {
      throw wanted == null ? bad : new BadTensors(file + ": " + bad.getMessage());
    }
    if (!found.containsAll(missing)) {
      missing.removeAll(found);
      throw new BadTensors(file + " lacks " + String.join(", ", missing));
    }
  }

  /**
   * What a set holds, from its headers alone.
   *
   * @return the header of each file, in the order of the files
   * @throws BadTensors as {@link #read} does, all files that disagree with the index at once
   */
  static Map<String, TensorHeader> headers(Folder folder, String whole) throws IOException {
    Map<String, TensorHeader> headers = new LinkedHashMap<>();
    if (folder.size(whole).isPresent()) {
      headers.put(whole, header(folder, whole));
      return headers;
    }
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, Set<String>> file : index(folder, whole).entrySet()) {
      if (folder.size(file.getKey()).isEmpty()) {
        faults.add(whole + INDEX + " names " + file.getKey() + ", which is missing");
        continue;
      }
      TensorHeader header = header(folder, file.getKey());
      headers.put(file.getKey(), header);
      Set<String> found = new TreeSet<>();
      header.tensors().forEach(tensor -> found.add(tensor.name()));
      Set<String> lacking = new TreeSet<>(file.getValue());
      lacking.removeAll(found);
      found.removeAll(file.getValue());
      lacking.forEach(name -> faults.add(file.getKey() + " lacks " + name));
      found.forEach(
          name -> faults.add(file.getKey() + " holds " + name + ", which the index has elsewhere"));
    }
    BadTensors.refuse(faults);
    return headers;
  }

  private static TensorHeader header(Folder folder, String file) throws IOException {
    try (InputStream in = folder.open(file)) {
      return SafeTensors.header(in, folder.size(file).orElseThrow());
    } catch (BadTensors bad) {
      throw new BadTensors(file + ": " + bad.getMessage());
    }
  }

  /** Names of tensors by file, in the order of the files. */
  private static Map<String, Set<String>> index(Folder folder, String whole) throws IOException {
    String name = whole + INDEX;
    OptionalLong size = folder.size(name);
    if (size.isEmpty()) {
      throw new BadTensors("there is neither " + whole + " nor " + name);
    }
    if (size.getAsLong() > LONGEST_INDEX) {
      throw new BadTensors(name + " has " + size.getAsLong() + " bytes; it may have 100,000,000");
    }
    Object tree;
    try (InputStream in = folder.open(name)) {
      tree = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notJson) {
      throw new BadTensors(name + " is not JSON: " + notJson.getMessage());
    }
    if (!(tree instanceof Map<?, ?> map)
        || !(map.get("weight_map") instanceof Map<?, ?> places)
        || places.isEmpty()) {
      throw new BadTensors(name + " must have a weight_map from tensors to files");
    }
    Map<String, Set<String>> files = new TreeMap<>();
    for (Map.Entry<?, ?> place : places.entrySet()) {
      if (!(place.getValue() instanceof String file) || !NAME.matcher(file).matches()) {
        throw new BadTensors(
            name + " places " + place.getKey() + " in " + place.getValue() + ", no file's name");
      }
      files.computeIfAbsent(file, key -> new TreeSet<>()).add((String) place.getKey());
    }
    return files;
  }
}
