package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.store.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShardedTensorsTest {
  private static final String WHOLE = "model.safetensors";
  private static final Map<String, INDArray> TENSORS =
      Map.of(
          "a", Nd4j.createFromArray(1f, 2f, 3f),
          "b", Nd4j.createFromArray(4f, 5f),
          "c", Nd4j.createFromArray(6f, 7f, 8f, 9f, 10f, 11f),
          "d", Nd4j.createFromArray(-1f, -2f, -3f, -4f, -5f));

  @TempDir private Path folder;

  private Map<String, String> write(long shard) throws IOException {
    List<SafeTensors.Named> named =
        TENSORS.entrySet().stream()
            .map(each -> new SafeTensors.Named(each.getKey(), List.of(each.getValue().length())))
            .toList();
    return ShardedTensors.write(
        folder, WHOLE, named, DataType.FLOAT, shard, name -> TENSORS.get(name).dup());
  }

  private Map<String, INDArray> read() throws IOException {
    Map<String, INDArray> read = new TreeMap<>();
    ShardedTensors.read(
        ShardedTensors.Folder.of(folder),
        WHOLE,
        DataType.FLOAT,
        (name, values) -> read.put(name, values.dup()));
    return read;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatFitsInOneFileLiesInOneFile() throws IOException {
    write(64);

    assertThat(files()).containsExactly(WHOLE);
    assertThat(read()).isEqualTo(new TreeMap<>(TENSORS));
  }

  @Test
  void whatDoesNotFitIsCutWhereTheNextTensorWouldBeTooMuch() throws IOException {
    Map<String, String> sums = write(20); // bytes: a 12, b 8, c 24, d 20

    assertThat(files())
        .containsExactly(
            "model-00001-of-00003.safetensors",
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors",
            "model.safetensors.index.json");
    assertThat(Json.parse(Files.readString(folder.resolve("model.safetensors.index.json"))))
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of("total_size", 64L),
                "weight_map",
                Map.of(
                    "a", "model-00001-of-00003.safetensors",
                    "b", "model-00001-of-00003.safetensors",
                    "c", "model-00002-of-00003.safetensors",
                    "d", "model-00003-of-00003.safetensors")));
    assertThat(read()).isEqualTo(new TreeMap<>(TENSORS));
    assertThat(sums).hasSize(3);
    for (Map.Entry<String, String> sum : sums.entrySet()) {
      assertThat(Artifacts.sum(folder.resolve(sum.getKey()))).isEqualTo(sum.getValue());
    }
  }

  @Test
  void aMissingShardIsNamedBeforeAnythingIsHandedOut() throws IOException {
    write(20);
    Files.delete(folder.resolve("model-00003-of-00003.safetensors"));

    assertThatThrownBy(
            () ->
                ShardedTensors.read(
                    ShardedTensors.Folder.of(folder),
                    WHOLE,
                    DataType.FLOAT,
                    (name, values) -> {
                      throw new AssertionError(name + " was handed out");
                    }))
        .isInstanceOf(BadTensors.class)
        .hasMessageContaining("model-00003-of-00003.safetensors, which is missing");
  }

  @Test
  void shardsThatChangedPlacesAreNamed() throws IOException {
    write(20);
    Path first = folder.resolve("model-00001-of-00003.safetensors");
    Path second = folder.resolve("model-00002-of-00003.safetensors");
    Path aside = folder.resolve("aside");
    Files.move(first, aside);
    Files.move(second, first);
    Files.move(aside, second, StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(this::read)
        .isInstanceOf(BadTensors.class)
        .hasMessage("model-00001-of-00003.safetensors: it holds c, which the index has elsewhere");
  }

  @Test
  void aTensorThatTheIndexPromisesAndNoFileHoldsIsNamed() throws IOException {
    write(20);
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replace("\"a\":", "\"more\": \"model-00001-of-00003.safetensors\", \"a\":"));

    assertThatThrownBy(this::read)
        .isInstanceOf(BadTensors.class)
        .hasMessage("model-00001-of-00003.safetensors lacks more");
  }

  @Test
  void anIndexLeadsNowhereElse() throws IOException {
    for (String place : List.of("\"../model.safetensors\"", "\"/etc/passwd\"", "\"\"", "7")) {
      Files.writeString(
          folder.resolve("model.safetensors.index.json"),
          "{\"weight_map\": {\"a\": " + place + "}}");
      assertThatThrownBy(this::read)
          .isInstanceOf(BadTensors.class)
          .hasMessageContaining("no file's name");
    }
    for (String broken : List.of("", "[]", "{}", "{\"weight_map\": {}}", "{\"weight_map\": 1}")) {
      Files.writeString(folder.resolve("model.safetensors.index.json"), broken);
      assertThatThrownBy(this::read).isInstanceOf(BadTensors.class);
    }
    Files.delete(folder.resolve("model.safetensors.index.json"));
    assertThatThrownBy(this::read).hasMessageContaining("neither model.safetensors nor");
  }
}
