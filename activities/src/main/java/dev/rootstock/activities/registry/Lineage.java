package dev.rootstock.activities.registry;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusContent;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a base was made of, read from manifest to manifest; each may be missing, as with an imported
 * model.
 */
public record Lineage(ArtifactStore store, Fingerprint base) {
  /** The base's own manifest, whatever stage made it. */
  public Optional<Manifest> manifest() throws IOException {
    return Artifacts.read(store, Stage.PRETRAIN.at(base));
  }

  /** The tokens it was grown on, if they are still whole. */
  public Optional<TokensRef> tokens() throws IOException {
    Optional<Fingerprint> tokens = input(manifest(), "tokens");
    return tokens.isEmpty()
        ? Optional.empty()
        : Artifacts.find(store, Stage.TOKENS, tokens.get())
            .map(whole -> whole.result(TokensRef.class));
  }

  /** The documents it was grown on, if they are still whole. */
  public Optional<DocumentsRef> documents() throws IOException {
    Optional<Fingerprint> documents = documentsName();
    return documents.isEmpty()
        ? Optional.empty()
        : Artifacts.find(store, Stage.DOCUMENTS, documents.get())
            .map(whole -> whole.result(DocumentsRef.class));
  }

  /** Fingerprints of the tasks of whose test rows its documents were kept free. */
  public List<String> items() throws IOException {
    Optional<Fingerprint> documents = documentsName();
    Optional<Fingerprint> items =
        documents.isEmpty()
            ? Optional.empty()
            : input(Artifacts.read(store, Stage.DOCUMENTS.at(documents.get())), "items");
    if (items.isEmpty()) {
      return List.of();
    }
    return new Series<>(store, "items/" + items.get().hex(), TestItems.class)
        .latest()
        .map(entry -> entry.value().names())
        .orElse(List.of());
  }

  private Optional<Fingerprint> documentsName() throws IOException {
    Optional<Fingerprint> tokens = input(manifest(), "tokens");
    return tokens.isEmpty()
        ? Optional.empty()
        : input(Artifacts.read(store, Stage.TOKENS.at(tokens.get())), "documents");
  }

  /** Licences of its corpus, each once. */
  public List<String> licences() throws IOException {
    Optional<Fingerprint> tokens = input(manifest(), "tokens");
    Optional<Fingerprint> corpus =
        tokens.isEmpty()
            ? Optional.empty()
            : input(Artifacts.read(store, Stage.TOKENS.at(tokens.get())), "corpus");
    Optional<Manifest> pinned =
        corpus.isEmpty() ? Optional.empty() : Artifacts.read(store, Stage.CORPUS.at(corpus.get()));
    if (pinned.isEmpty()) {
      return List.of();
    }
    CorpusContent content =
        CanonicalJson.fromTree(pinned.get().form().get("spec"), CorpusContent.class);
    return content.sources().stream()
        .flatMap(source -> source.licence().stream())
        .distinct()
        .toList();
  }

  /** What each source of its corpus came to; empty where its tokens were made without counting. */
  public List<SourceShare> sources() throws IOException {
    Optional<Fingerprint> fingerprint = input(manifest(), "tokens");
    Optional<Manifest> tokens =
        fingerprint.isEmpty()
            ? Optional.empty()
            : Artifacts.read(store, Stage.TOKENS.at(fingerprint.get()));
    Optional<StoredFile> file =
        tokens.flatMap(
            made ->
                made.files().stream()
                    .filter(each -> each.name().equals("statistics.json"))
                    .findFirst());
    Optional<CorpusListing> corpus = corpus(input(tokens, "corpus"));
    if (file.isEmpty() || corpus.isEmpty()) {
      return List.of();
    }
    byte[] json = store.read(file.get().key(Stage.TOKENS.at(fingerprint.get())));
    List<SourceShare> shares = new ArrayList<>();
    if (Json.parse(new String(json, StandardCharsets.UTF_8)) instanceof Map<?, ?> statistics
        && statistics.get("sources") instanceof List<?> sources) {
      for (int i = 0; i < Math.min(sources.size(), corpus.get().sources().size()); i++) {
        Map<?, ?> counted = (Map<?, ?>) sources.get(i);
        CorpusListing.ListedSource listed = corpus.get().sources().get(i);
        shares.add(
            new SourceShare(
                listed.name().orElse(tail(listed.path())),
                listed.licence(),
                count(counted, "documentsTrained"),
                count(counted, "bytesTrained"),
                count(counted, "tokensTrained")));
      }
    }
    return shares;
  }

  private Optional<CorpusListing> corpus(Optional<Fingerprint> corpus) throws IOException {
    return corpus.isEmpty()
        ? Optional.empty()
        : new Series<>(store, Stage.CORPUS.at(corpus.get()) + "/listings", CorpusListing.class)
            .latest()
            .map(Series.Entry::value);
  }

  /** The last two parts of a path: where it lies on some machine is nobody's business. */
  private static String tail(String path) {
    String[] parts = path.split("/");
    return parts.length < 2 ? path : parts[parts.length - 2] + "/" + parts[parts.length - 1];
  }

  private static long count(Map<?, ?> counted, String name) {
    return counted.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** The kind of arithmetic it was trained with; the default where that is not known. */
  public Numeric numeric() throws IOException {
    Optional<Manifest> made = manifest();
    if (made.isPresent()
        && made.get().form().get("spec") instanceof Map<?, ?> spec
        && spec.get("numeric") != null) {
      return CanonicalJson.fromTree(spec.get("numeric"), Numeric.class);
    }
    return Numeric.DEFAULT;
  }

  /** The base that it went on from. */
  public Optional<Fingerprint> ancestor() throws IOException {
    return input(manifest(), "base");
  }

  /** Bits per byte on what was held out, the last that its training measured. */
  public Scores heldOut() throws IOException {
    return measured("eval_bits_per_byte").orElse(new Scores(Map.of(), 0));
  }

  /** What its ancestor comes to on the same held-out text; empty where it has none. */
  public Optional<Scores> inherited() throws IOException {
    return measured("ancestor_bits_per_byte");
  }

  private Optional<Scores> measured(String figure) throws IOException {
    Optional<Manifest> made = manifest();
    Optional<StoredFile> metrics =
        made.flatMap(
            whole ->
                whole.files().stream()
                    .filter(file -> file.name().equals("metrics.jsonl"))
                    .findFirst());
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    String key = Stage.PRETRAIN.at(base) + "/" + metrics.get().path();
    Double last = null;
    for (String line : new String(store.read(key), StandardCharsets.UTF_8).split("\n")) {
      if (line.contains(figure) && Json.parse(line) instanceof Map<?, ?> step) {
        last = ((Number) step.get(figure)).doubleValue();
      }
    }
    return last == null
        ? Optional.empty()
        : Optional.of(
            new Scores(
                Map.of(CanonicalJson.word(Metric.BITS_PER_BYTE), last),
                tokens().map(TokensRef::validationTokens).orElse(0L)));
  }

  private static Optional<Fingerprint> input(Optional<Manifest> manifest, String role) {
    if (manifest.isPresent()
        && manifest.get().form().get("inputs") instanceof Map<?, ?> inputs
        && inputs.get(role) instanceof String hex) {
      try {
        return Optional.of(new Fingerprint(hex));
      } catch (InvalidConfig malformed) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
