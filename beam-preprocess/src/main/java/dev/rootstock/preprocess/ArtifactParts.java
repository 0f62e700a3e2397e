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
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.io.InputFile;

/** The files of documents in a store, for whoever looks at them without Beam. */
record ArtifactParts(ArtifactStore store, Fingerprint documents, Manifest manifest) {
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

  /**
   * A file of documents.
   *
   * @param source index of its source in the corpus; -1 if that is not known
   */
  record Input(InputFile file, int source) {}

  /** What was kept, or what was dropped, in the order of the corpus. */
  List<Input> parts(boolean dropped) throws IOException {
    PartList list = CanonicalJson.read(read(PartList.NAME), PartList.class);
    return dropped
        ? list.dropped().stream().map(part -> input(part.file(), part.source())).toList()
        : list.parts().stream().map(part -> input(part.file(), part.source())).toList();
  }

  private Input input(StoredFile file, int source) {
    return new Input(new StoreInput(store, file.key(Stage.DOCUMENTS.at(documents))), source);
  }

  /** {@code statistics.json} as a tree. */
  Map<String, Object> statistics() throws IOException {
    return tree(read("statistics.json"));
  }

  private String read(String name) throws IOException {
    StoredFile file =
        manifest.files().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new String(store.read(file.key(Stage.DOCUMENTS.at(documents))), StandardCharsets.UTF_8);
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
}
