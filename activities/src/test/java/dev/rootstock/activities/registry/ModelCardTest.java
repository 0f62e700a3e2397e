package dev.rootstock.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.LocalStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.StoredFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a base was grown on, from the store's manifests to its card. */
class ModelCardTest {
  private static final Fingerprint CORPUS = new Fingerprint("a".repeat(32));
  private static final Fingerprint TOKENS = new Fingerprint("b".repeat(32));
  private static final Fingerprint BASE = new Fingerprint("c".repeat(32));

  @TempDir Path folder;

  private static void commit(
      ArtifactStore store,
      Stage stage,
      Fingerprint of,
      Map<String, String> inputs,
      StoredFile... files)
      throws IOException {
    Artifacts.commit(
        store,
        stage.at(of),
        new Manifest(
            1,
            stage,
            of,
            Map.of("inputs", inputs),
            List.of(files),
            Map.of(),
            Spent.NOTHING,
            Map.of(),
            Instant.EPOCH));
  }

  private static CorpusListing.ListedSource source(String path, String name, String licence) {
    PinnedFile file =
        new PinnedFile(URI.create("file:///a.txt"), "0".repeat(64), 1, Optional.empty());
    return new CorpusListing.ListedSource(
        path,
        1,
        Optional.ofNullable(licence),
        Format.AUTO,
        "text",
        List.of(file),
        Optional.ofNullable(name),
        Optional.empty());
  }

  @Test
  void everySourceStandsOnTheCardWithLicenceAndCounts() throws IOException {
    ArtifactStore store = LocalStore.open(folder.resolve("store").toUri());
    new Series<>(store, Stage.CORPUS.at(CORPUS) + "/listings", CorpusListing.class)
        .append(
            new CorpusListing(
                List.of(source("in/*.txt", "essays", "CC0-1.0"), source("web/a|b", null, null))));
    Path statistics =
        Files.writeString(
            folder.resolve("statistics.json"),
            "{\"sources\":[{\"documentsTrained\":12,\"bytesTrained\":34567,\"tokensTrained\":8901},"
                + "{\"documentsTrained\":1,\"bytesTrained\":2,\"tokensTrained\":3}]}");
    StoredFile file = Artifacts.add(store, Stage.TOKENS.at(TOKENS), "statistics.json", statistics);
    commit(store, Stage.TOKENS, TOKENS, Map.of("corpus", CORPUS.hex()), file);
    commit(store, Stage.PRETRAIN, BASE, Map.of("tokens", TOKENS.hex()));

    List<SourceShare> sources = new Lineage(store, BASE).sources();
    String card = ModelCard.of(model(sources));

    assertThat(card)
        .contains("Grown on\n\n| Source | Licence | Documents | Bytes | Tokens |")
        .contains("| essays | CC0-1.0 | 12 | 34,567 | 8,901 |")
        .contains("| web/a\\|b | not told | 1 | 2 | 3 |");
    assertThat(new Lineage(store, CORPUS).sources()).isEmpty();
  }

  private static ModelVersion model(List<SourceShare> sources) {
    CheckpointRef checkpoint =
        new CheckpointRef(
            BASE,
            "checkpoints/" + BASE + "/step-00000001",
            1,
            ModelShape.ofDepth(ModelShape.Family.LLAMA, 1, 300, 16),
            BASE,
            Optional.empty());
    return new ModelVersion(
        "garden",
        1,
        ModelVersion.Kind.BASE,
        checkpoint,
        Optional.empty(),
        Optional.empty(),
        new Scores(Map.of(), 0),
        Optional.empty(),
        List.of("CC0-1.0"),
        "first",
        Instant.EPOCH,
        Spent.NOTHING,
        sources);
  }
}
