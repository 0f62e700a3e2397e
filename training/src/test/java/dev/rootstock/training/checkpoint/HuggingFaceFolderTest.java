package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.Numeric;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HuggingFaceFolderTest {
  private static final HuggingFaceFolder.EndOfText END =
      new HuggingFaceFolder.EndOfText("<|endoftext|>", 0);
  private static final Batch BATCH =
      new Batch(new int[] {1, 5, 9, 2, 7, 7}, new int[] {5, 9, 2, 7, 7, 3}, 1, 6);

  @TempDir private Path folder;

  private static ModelShape shape(Family family) {
    return family == Family.GPT2
        ? new ModelShape(family, 2, 12, 2, 2, 6, 20, 11, 8, 1e-5, 10_000, true)
        : new ModelShape(family, 2, 12, 2, 1, 4, 20, 11, 8, 1e-6, 5_000, false);
  }

  private static Backend random(ModelShape shape, Optional<LoraSpec> lora) {
    Backend model = Backends.open(shape, lora, Numeric.DEFAULT, 1);
    Nd4j.getRandom().setSeed(5);
    for (TensorLayout tensor : model.layout()) {
      long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      model.write(
          tensor.name(), Backend.Kind.WEIGHT, Nd4j.randn(DataType.FLOAT, measures).muli(0.3));
    }
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void aFolderReadBackIsTheSameModel(Family family) throws IOException {
    ModelShape shape = shape(family);
    try (Backend model = random(shape, Optional.empty());
        Backend again = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 1)) {
      HuggingFaceFolder.write(
          folder, shape, model, Map.of("tokenizer.json", new byte[] {'{', '}'}), END);

      Map<?, ?> config = (Map<?, ?>) Json.parse(Files.readString(folder.resolve("config.json")));
      Path weights = folder.resolve("model.safetensors");
      try (InputStream in = Files.newInputStream(weights)) {
        HuggingFaceFolder.readWeights(in, Files.size(weights), again);
      }
      assertThat(HuggingFaceConfig.shape(config)).isEqualTo(shape);
      assertThat(again.score(BATCH)).isEqualTo(model.score(BATCH));
      assertThat(folder).isDirectoryContaining("glob:**/special_tokens_map.json");
      assertThat(folder.resolve("tokenizer.json")).hasContent("{}");
    }
  }

  @Test
  void gpt2LinearWeightsLieTheOtherWayRoundInFiles() throws IOException {
    ModelShape shape = shape(Family.GPT2);
    try (Backend model = random(shape, Optional.empty())) {
      HuggingFaceFolder.write(folder, shape, model, Map.of(), END);
      Map<String, INDArray> tensors = new HashMap<>();
      Path weights = folder.resolve("model.safetensors");
      try (InputStream in = Files.newInputStream(weights)) {
        SafeTensors.read(
            in,
            Files.size(weights),
            DataType.FLOAT,
            (name, values) -> tensors.put(name, values.dup('c')));
      }
      String name = "transformer.h.1.mlp.c_fc.weight";
      assertThat(tensors.get(name).shape()).containsExactly(12, 20);
      assertThat(tensors.get(name)).isEqualTo(model.read(name, Backend.Kind.WEIGHT).transpose());
      assertThat(tensors.get("transformer.wte.weight").shape()).containsExactly(11, 12);
    }
  }

  @Test
  void namesTensorsThatAreMissingUnknownOrOfAnotherShape() throws IOException {
    ModelShape llama = shape(Family.LLAMA);
    try (Backend model = Backends.open(llama, Optional.empty(), Numeric.DEFAULT, 1)) {
      assertThatThrownBy(() -> read(model, "model.norm.weight", 12))
          .isInstanceOf(BadTensors.class)
          .hasMessageContaining(
              "model.safetensors lacks lm_head.weight, model.embed_tokens.weight");
      assertThatThrownBy(() -> read(model, "model.norm.weight", 13))
          .hasMessageContaining("has shape [13]");
      assertThatThrownBy(() -> read(model, "model.norm.bias", 12))
          .hasMessageContaining("no tensor of this model");
    }
  }

  private void read(Backend model, String name, long length) throws IOException {
    Path file = folder.resolve(name + length);
    SafeTensors.write(
        file,
        List.of(new SafeTensors.Named(name, List.of(length))),
        DataType.FLOAT,
        each -> Nd4j.ones(DataType.FLOAT, length));
    try (InputStream in = Files.newInputStream(file)) {
      HuggingFaceFolder.readWeights(in, Files.size(file), model);
    }
  }

  @Test
  void refusesByNameWhatChangesTheModel() {
    Map<String, Object> config =
        new HashMap<>(HuggingFaceConfig.of(shape(Family.LLAMA), 0, "float32"));
    config.put("attention_bias", true);
    config.put("rope_scaling", Map.of("rope_type", "llama3"));
    assertThatThrownBy(() -> HuggingFaceConfig.shape(config))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("attention_bias is true")
        .hasMessageContaining("rope_scaling");
    assertThatThrownBy(() -> HuggingFaceConfig.shape(Map.of("model_type", "mamba")))
        .hasMessageContaining("mamba");
  }

  @Test
  void readsTheRotaryBaseOfNewerConfigurations() {
    Map<String, Object> config =
        new HashMap<>(HuggingFaceConfig.of(shape(Family.LLAMA), 0, "float32"));
    config.remove("rope_theta");
    config.remove("rope_scaling");
    config.put("rope_parameters", Map.of("rope_theta", 500_000.0, "rope_type", "default"));

    assertThat(HuggingFaceConfig.shape(config).ropeBase()).isEqualTo(500_000);
  }

  @ParameterizedTest
  @EnumSource
  void anAdapterMergedAnswersAsItDidBesideItsBase(Family family) throws IOException {
    ModelShape shape = shape(family);
    LoraSpec lora = new LoraSpec(3, 6);
    try (Backend adapted = random(shape, Optional.of(lora));
        Backend merged = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 1)) {
      PeftFolder.write(folder, shape, lora, adapted, "base");
      for (TensorLayout tensor : merged.layout()) {
        merged.write(
            tensor.name(), Backend.Kind.WEIGHT, adapted.read(tensor.name(), Backend.Kind.WEIGHT));
      }
      double[] base = merged.score(BATCH);
      Path weights = folder.resolve(PeftFolder.WEIGHTS);
      try (InputStream in = Files.newInputStream(weights)) {
        PeftFolder.merge(
            in,
            Files.size(weights),
            PeftFolder.readConfig(Files.readAllBytes(folder.resolve(PeftFolder.CONFIG))),
            merged);
      }

      double[] beside = adapted.score(BATCH);
      double[] inside = merged.score(BATCH);
      for (int i = 0; i < beside.length; i++) {
        assertThat(inside[i]).isCloseTo(beside[i], within(2e-5 * (1 + Math.abs(beside[i]))));
      }
      assertThat(inside).isNotEqualTo(base);
    }
  }

  @Test
  void refusesAdaptersOfAnotherKind() {
    assertThatThrownBy(
            () ->
                PeftFolder.readConfig(
                    "{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"use_dora\":true}"
                        .getBytes()))
        .isInstanceOf(BadTensors.class)
        .hasMessageContaining("use_dora");
  }
}
