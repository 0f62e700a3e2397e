package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.io.InputFile;

/** The files of documents in a store, for whoever looks at them without Beam. */
record ArtifactParts(ArtifactStore store, Fingerprint documents, Manifest manifest) {
  private static final String DROPPED = "dropped/";

  /**
   * Finds them.
   *
   * @throws Hopeless {@code CorruptStore} if they are not whole
   */
  static ArtifactParts of(ArtifactStore store, Fingerprint documents) throws IOException {
    return new ArtifactParts(
        store,
        documents,
        Artifacts.find(store, Stage.DOCUMENTS, documents)
            .orElseThrow(
                () ->
                    new Hopeless(
                        "CorruptStore",
                        Stage.DOCUMENTS.at(documents)
                            + " is not whole in "
                            + store.root()
                            + "; delete that folder and clean again")));
  }

  /** Parquet files of what was kept, or of what was dropped, in their order. */
  List<InputFile> parts(boolean dropped) {
    return manifest.files().stream()
        .filter(file -> file.name().startsWith("part-") && file.name().endsWith(".parquet"))
        .filter(file -> file.path().contains(DROPPED) == dropped)
        .<InputFile>map(file -> new StoreInput(store, key(file.path())))
        .toList();
  }

  /** {@code statistics.json} as a tree. */
  Map<String, Object> statistics() throws IOException {
    String path =
        manifest.files().stream()
            .filter(file -> file.name().equals("statistics.json"))
            .findFirst()
            .orElseThrow()
            .path();
    return tree(new String(store.read(key(path)), StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked") // an object's tree is a map
  private static Map<String, Object> tree(String json) {
    return (Map<String, Object>) Json.parse(json);
  }

  /** Where the corpus was last seen, if its manifest tells which it was. */
  Optional<CorpusListing> corpus() throws IOException {
    if (manifest.form().get("inputs") instanceof Map<?, ?> inputs
        && inputs.get("corpus") instanceof String hex) {
      String listings = Stage.CORPUS.at(new Fingerprint(hex)) + "/listings";
      return new Series<>(store, listings, CorpusListing.class).latest().map(Series.Entry::value);
    }
    return Optional.empty();
  }

  /** One listing of the corpus. */
  CorpusListing listing(String key) throws IOException {
    return CanonicalJson.read(
        new String(store.read(key), StandardCharsets.UTF_8), CorpusListing.class);
  }

  private String key(String path) {
    return Stage.DOCUMENTS.at(documents) + "/" + path;
  }
}
