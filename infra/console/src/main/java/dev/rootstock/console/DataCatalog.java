package dev.rootstock.console;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.LookOrder;
import dev.rootstock.contract.engine.Looked;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.StageOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents that were made: in a store, or in folders that {@code data prepare} wrote. */
public final class DataCatalog {
  private static final Pattern ARTIFACT =
      Pattern.compile("(?:(documents|tokens)/)?([0-9a-f]{6,32})/?");
  private static final Pattern MANIFEST =
      Pattern.compile("(documents|tokens)/([0-9a-f]{32})/manifest\\.json");

  private final Platform platform;
  private final String place;

  DataCatalog(Platform platform, String place) {
    this.platform = platform;
    this.place = place;
  }

  /**
   * Some documents, exactly one of the two given.
   *
   * @param name as a person wrote it
   */
  public record Found(String name, Optional<Fingerprint> documents, Optional<Path> folder) {}

  /** Documents of a store in one line. */
  public record Entry(DocumentsRef documents, Manifest manifest) {}

  /** All documents of the store, newest first. */
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String key : store().list(Stage.DOCUMENTS.folder() + "/")) {
      Matcher manifest = MANIFEST.matcher(key);
      if (manifest.matches()) {
        Artifacts.find(store(), Stage.DOCUMENTS, new Fingerprint(manifest.group(2)))
            .ifPresent(whole -> entries.add(new Entry(whole.result(DocumentsRef.class), whole)));
      }
    }
    entries.sort(Comparator.comparing((Entry entry) -> entry.manifest().madeAt()).reversed());
    return entries;
  }

  /**
   * Finds documents.
   *
   * @param name a folder, a run, or an artifact: its fingerprint or the first 6 or more characters
   *     of it, also after {@code documents/} or {@code tokens/}
   * @throws InvalidConfig telling what there is
   */
  public Found find(String name) throws IOException {
    Path folder = Path.of(name);
    if (Files.isRegularFile(folder.resolve(PreparedFolder.STATISTICS))
        && Files.isDirectory(folder.resolve("documents"))) {
      return new Found(name, Optional.empty(), Optional.of(folder.toAbsolutePath().normalize()));
    }
    Matcher artifact = ARTIFACT.matcher(name);
    Optional<Fingerprint> documents =
        artifact.matches() ? artifact(artifact.group(1), artifact.group(2)) : Optional.empty();
    if (documents.isEmpty()) {
      documents = ofRun(name);
    }
    if (documents.isEmpty()) {
      throw unknown(name);
    }
    return new Found(name, documents, Optional.empty());
  }

  private Optional<Fingerprint> artifact(String kind, String beginning) throws IOException {
    List<Fingerprint> found = new ArrayList<>();
    for (Stage stage : List.of(Stage.DOCUMENTS, Stage.TOKENS)) {
      if (kind != null && !kind.equals(stage.folder())) {
        continue;
      }
      for (String key : store().list(stage.folder() + "/" + beginning)) {
        Matcher manifest = MANIFEST.matcher(key);
        if (manifest.matches()) {
          Fingerprint fingerprint = new Fingerprint(manifest.group(2));
          Optional<Fingerprint> documents =
              stage == Stage.DOCUMENTS
                  ? Optional.of(fingerprint)
                  : Artifacts.read(store(), stage.at(fingerprint))
                      .flatMap(whole -> input(whole, "documents"));
          documents.ifPresent(found::add);
        }
      }
    }
    return found.stream().distinct().count() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private Optional<Fingerprint> ofRun(String name) throws IOException {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,200}")) {
      return Optional.empty();
    }
    Optional<PipelineResult> result = platform.runs(place).open(name).result();
    return result.stream()
        .flatMap(ended -> ended.outcomes().stream())
        .filter(outcome -> outcome.stage() == Stage.DOCUMENTS)
        .map(StageOutcome::fingerprint)
        .findFirst();
  }

  private InvalidConfig unknown(String name) throws IOException {
    List<String> there =
        list().stream().limit(5).map(entry -> entry.documents().fingerprint().brief()).toList();
    return new InvalidConfig(
        Problem.of(
            "the data",
            "\"" + name + "\"",
            "a folder that rootstock data prepare wrote, a run that has ended, or documents of "
                + place
                + (there.isEmpty() ? ", which holds none" : ": " + String.join(", ", there))));
  }

  /** Their statistics, with the names of sources, and the tokens of each where there are some. */
  public Map<String, Object> statistics(Found found) throws IOException {
    if (found.folder().isPresent()) {
      return Preparation.tree(
          Files.readString(found.folder().get().resolve(PreparedFolder.STATISTICS)));
    }
    Fingerprint documents = found.documents().orElseThrow();
    Manifest manifest =
        Artifacts.find(store(), Stage.DOCUMENTS, documents).orElseThrow(() -> gone(documents));
    Map<String, Object> statistics =
        read(manifest, Stage.DOCUMENTS.at(documents))
            .orElseThrow(() -> new Refused(documents + " was made without statistics"));
    Optional<CorpusListing> corpus = corpus(manifest);
    Map<Long, Map<?, ?>> tokens = tokens(documents);
    List<Object> sources = new ArrayList<>();
    for (Object each : list(statistics.get("sources"))) {
      Map<String, Object> source = new LinkedHashMap<>();
      ((Map<?, ?>) each).forEach((key, value) -> source.put((String) key, value));
      Long index = (Long) source.get("source");
      corpus
          .filter(listing -> index != null && index < listing.sources().size())
          .ifPresent(
              listing -> source.put("name", listing.sources().get(index.intValue()).label()));
      if (tokens.containsKey(index)) {
        source.put("tokens", tokens.get(index).get("tokens"));
        source.put("tokensTrained", tokens.get(index).get("tokensTrained"));
      }
      sources.add(source);
    }
    statistics.put("sources", sources);
    return statistics;
  }

  private Refused gone(Fingerprint documents) {
    return new Refused(Stage.DOCUMENTS.at(documents) + " is not whole in " + store().root());
  }

  private Optional<CorpusListing> corpus(Manifest documents) throws IOException {
    Optional<Fingerprint> corpus = input(documents, "corpus");
    return corpus.isEmpty()
        ? Optional.empty()
        : new Series<>(store(), Stage.CORPUS.at(corpus.get()) + "/listings", CorpusListing.class)
            .latest()
            .map(Series.Entry::value);
  }

  /** What each source came to in the newest tokens made of these documents. */
  private Map<Long, Map<?, ?>> tokens(Fingerprint documents) throws IOException {
    Manifest newest = null;
    for (String key : store().list(Stage.TOKENS.folder() + "/")) {
      Matcher found = MANIFEST.matcher(key);
      Optional<Manifest> tokens =
          found.matches()
              ? Artifacts.read(store(), key.substring(0, key.lastIndexOf('/')))
              : Optional.empty();
      if (tokens.isPresent()
          && input(tokens.get(), "documents").filter(documents::equals).isPresent()
          && (newest == null || newest.madeAt().isBefore(tokens.get().madeAt()))) {
        newest = tokens.get();
      }
    }
    Map<Long, Map<?, ?>> bySource = new LinkedHashMap<>();
    if (newest != null) {
      read(newest, Stage.TOKENS.at(newest.fingerprint()))
          .ifPresent(
              statistics ->
                  list(statistics.get("sources"))
                      .forEach(
                          source ->
                              bySource.put(
                                  (Long) ((Map<?, ?>) source).get("source"), (Map<?, ?>) source)));
    }
    return bySource;
  }

  private Optional<Map<String, Object>> read(Manifest manifest, String folder) throws IOException {
    Optional<StoredFile> file =
        manifest.files().stream()
            .filter(each -> each.name().equals(PreparedFolder.STATISTICS))
            .findFirst();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    byte[] json = store().read(file.get().key(folder));
    return Optional.of(Preparation.tree(new String(json, StandardCharsets.UTF_8)));
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Optional<Fingerprint> input(Manifest manifest, String role) {
    return manifest.form().get("inputs") instanceof Map<?, ?> inputs
            && inputs.get(role) instanceof String hex
        ? Optional.of(new Fingerprint(hex))
        : Optional.empty();
  }

  /** Which documents to show; see {@link LookOrder}. */
  public record Look(
      boolean dropped,
      Optional<String> reason,
      Optional<String> language,
      Optional<String> source,
      int limit,
      Optional<Long> seed,
      int characters) {}

  /** Some of the documents. */
  public Looked look(Found found, Look look, Consumer<Progress> listener) {
    String at =
        found.folder().isPresent()
            ? found.folder().get().toUri().toString()
            : store().root().toString();
    return platform
        .engines()
        .look(
            new LookOrder(
                Engines.attempt(at),
                found.documents(),
                found.folder().map(Path::toString),
                look.dropped(),
                look.reason(),
                look.language(),
                look.source(),
                look.limit(),
                look.seed(),
                look.characters()),
            listener);
  }

  private ArtifactStore store() {
    return platform.store(place);
  }
}
