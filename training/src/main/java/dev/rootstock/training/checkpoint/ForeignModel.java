package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The model in a foreign folder, its headers checked against its configuration.
 *
 * @param notes what is left out or not done, a sentence each
 */
public record ForeignModel(
    ForeignFolder folder, ModelShape shape, Map<?, ?> config, List<String> notes) {
  private static final String INDEX = HuggingFaceFolder.WEIGHTS + ".index.json";
  private static final List<String> PICKLES =
      List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

  /**
   * Opens a folder; weights themselves are not read yet.
   *
   * @throws InvalidConfig if its model can not be computed here exactly, or is not whole
   */
  public static ForeignModel open(ForeignFolder folder) throws IOException {
    Map<?, ?> config =
        folder
            .json(HuggingFaceFolder.CONFIG)
            .orElseThrow(
                () ->
                    new InvalidConfig(
                        Problem.of("config.json", "missing", "in a folder that is imported")));
    ModelShape shape;
    try {
      shape = HuggingFaceConfig.shape(config);
    } catch (InvalidConfig wrong) {
      throw new InvalidConfig(
          wrong.problems().stream().map(problem -> problem.under("config.json")).toList());
    }
    if (folder.find(HuggingFaceFolder.WEIGHTS).isEmpty() && folder.find(INDEX).isEmpty()) {
      for (String pickle : PICKLES) {
        if (folder.find(pickle).isPresent()) {
          throw new InvalidConfig(
              Problem.of(
                  "folder",
                  "one with " + pickle + " alone",
                  "one with safetensors",
                  "A pickle can run code and is not read; save the model again with transformers."));
        }
      }
    }
    List<String> notes = new ArrayList<>(HuggingFaceConfig.notes(config));
    try {
      notes.addAll(WeightsCheck.of(shape, headers(folder).values()));
    } catch (BadTensors bad) {
      throw misfit(bad, shape);
    }
    return new ForeignModel(folder, shape, config, notes);
  }

  private static Map<String, TensorHeader> headers(ForeignFolder folder) throws IOException {
    return ShardedTensors.headers(folder, HuggingFaceFolder.WEIGHTS);
  }

  private static InvalidConfig misfit(BadTensors bad, ModelShape shape) {
    return new InvalidConfig(
        Problem.of(
            HuggingFaceFolder.WEIGHTS,
            "not as it should be: " + bad.getMessage(),
            "the sound weights of a "
                + HuggingFaceConfig.type(shape.family())
                + " model of the sizes that config.json names"));
  }

  /**
   * Reads every weight.
   *
   * @param read hears how many bytes of weights are read so far
   * @return sha256 of each file of weights, and of their index
   * @throws InvalidConfig if one is not finite, or a file is not what its header says
   */
  public Map<String, String> verify(LongConsumer read) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    long[] bytes = {0};
    try {
      for (String file : headers(folder).keySet()) {
        MessageDigest digest = Fingerprint.digest();
        try (InputStream in = new DigestInputStream(folder.open(file), digest)) {
          SafeTensors.read(
              in,
              folder.size(file).orElseThrow(),
              DataType.FLOAT,
              (name, values) -> {
                if (!Double.isFinite(values.norm1Number().doubleValue())) {
                  throw new BadTensors(name + " holds values that are not finite");
                }
                bytes[0] += 4 * values.length();
                read.accept(bytes[0]);
              });
          in.transferTo(OutputStream.nullOutputStream());
        }
        sums.put(file, HexFormat.of().formatHex(digest.digest()));
      }
    } catch (BadTensors bad) {
      throw misfit(bad, shape);
    }
    if (folder.find(HuggingFaceFolder.WEIGHTS).isEmpty()) {
      sums.put(INDEX, Fingerprint.sha256(folder.bytes(INDEX).orElseThrow()));
    }
    for (String file : List.of(HuggingFaceFolder.CONFIG, HuggingFaceFolder.GENERATION)) {
      Optional<byte[]> small = folder.bytes(file);
      small.ifPresent(found -> sums.put(file, Fingerprint.sha256(found)));
    }
    return sums;
  }

  /** Ids that end a text, as the folder's files name them; those beyond the vocabulary left out. */
  public List<Integer> ends() throws IOException {
    Map<?, ?> generation = folder.json(HuggingFaceFolder.GENERATION).orElse(Map.of());
    return TextEnds.of(generation, config, shape.vocabulary());
  }
}
