package dev.rootstock.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  @TempDir Path folder;

  @Test
  void oneCheckpointIsOneVersionAndAliasesKeepTheirHistory() throws IOException {
    ModelRegistry registry = new ModelRegistry(LocalStore.open(folder.toUri()));
    assertThat(register(registry, "a").version()).isEqualTo(1);
    assertThat(register(registry, "b").version()).isEqualTo(2);
    assertThat(register(registry, "a").version()).isEqualTo(1);
    registry.promote("garden", "production", 1, "first", "why");
    registry.promote("garden", "production", 1, "first", "why");
    registry.promote("garden", "production", 2, "second", "why");

    assertThat(registry.history("garden", "production"))
        .extracting(AliasEntry::version)
        .containsExactly(1L, 2L);
    assertThat(registry.find("garden@production").orElseThrow().version()).isEqualTo(2);
    assertThat(registry.find("garden@1").orElseThrow().version()).isEqualTo(1);
    assertThat(registry.find("garden").orElseThrow().version()).isEqualTo(2);
    assertThat(registry.names()).containsExactly("garden");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() throws IOException {
    ModelRegistry registry = new ModelRegistry(LocalStore.open(folder.toUri()));
    register(registry, "a");
    registry.promote("garden", "production", 1, "first", "why");

    assertThatThrownBy(() -> registry.require("base", "gardne@1"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("Did you mean garden?");
    assertThatThrownBy(() -> registry.require("base", "garden@prodution"))
        .hasMessageContaining("Did you mean garden@production?");
  }

  @Test
  void aVersionsCardLiesBesideItAndIsWrittenAgainWhereItIsMissing() throws IOException {
    LocalStore store = LocalStore.open(folder.toUri());
    ModelRegistry registry = new ModelRegistry(store);
    ModelVersion version = register(registry, "a");
    String key = ModelRegistry.card("garden", 1);

    assertThat(store.read(key)).asString(StandardCharsets.UTF_8).isEqualTo(ModelCard.of(version));
    Files.delete(folder.resolve(key));
    register(registry, "a");
    assertThat(store.read(key)).asString(StandardCharsets.UTF_8).isEqualTo(ModelCard.of(version));
    assertThat(registry.names()).containsExactly("garden");
  }

  @Test
  void aCardHasFrontMatterThatNamesLicenceAndTask() throws IOException {
    String card = ModelCard.of(register(new ModelRegistry(LocalStore.open(folder.toUri())), "a"));
    assertThat(card)
        .startsWith(
            "---\nlibrary_name: transformers\npipeline_tag: text-generation\nlicense: \"cc0-1.0\"\n")
        .contains("# garden, version 1")
        .contains("| bits-per-byte | 2.2500 |");
  }

  private static ModelVersion register(ModelRegistry registry, String of) throws IOException {
    Fingerprint fingerprint = new Fingerprint(of.repeat(32));
    CheckpointRef checkpoint =
        new CheckpointRef(
            fingerprint,
            "checkpoints/" + fingerprint + "/step-00000001",
            1,
            ModelShape.ofDepth(ModelShape.Family.LLAMA, 1, 300, 16),
            fingerprint,
            Optional.empty());
    return registry.register(
        "garden",
        fingerprint,
        number ->
            new ModelVersion(
                "garden",
                number,
                ModelVersion.Kind.BASE,
                checkpoint,
                Optional.empty(),
                Optional.empty(),
                new Scores(Map.of("bits-per-byte", 2.25), 10),
                Optional.empty(),
                List.of("CC0-1.0"),
                "run",
                Instant.EPOCH,
                Spent.NOTHING));
  }
}
