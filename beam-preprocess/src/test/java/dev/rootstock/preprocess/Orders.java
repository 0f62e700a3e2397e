package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders to the engine over one store, as the platform would write them. */
record Orders(URI store, RunnerSpec runner, int threads) {
  Orders(Path store, RunnerSpec runner, int threads) {
    this(store.toUri(), runner, threads);
  }

  static final RunnerSpec DIRECT =
      CanonicalJson.read("{\"direct\":{\"parallelism\":2}}", RunnerSpec.class);

  static RunnerSpec flink(int parallelism) {
    return CanonicalJson.read(
        "{\"flink\":{\"parallelism\":" + parallelism + "}}", RunnerSpec.class);
  }

  static CleaningSpec cleaning(String json) {
    return CanonicalJson.read(json, CleaningSpec.class);
  }

  private Attempt attempt() {
    return new Attempt(store.toString(), "test", 1, threads);
  }

  static ListedSource source(Format format, double weight, Path... files) throws IOException {
    List<PinnedFile> pinned = new ArrayList<>();
    for (Path file : files) {
      Optional<String> label =
          Optional.of(format)
              .filter(Format.AUTO::equals)
              .flatMap(auto -> Format.ofName(file.getFileName().toString()))
              .map(CanonicalJson::word);
      pinned.add(new PinnedFile(file.toUri(), Artifacts.sum(file), Files.size(file), label));
    }
    return new ListedSource("test", weight, Optional.of("CC0-1.0"), format, "text", pinned);
  }

  /** The same files under another folder, such as one in a bucket. */
  static ListedSource moved(ListedSource source, URI folder) {
    return new ListedSource(
        source.path(),
        source.weight(),
        source.licence(),
        source.format(),
        source.text(),
        source.files().stream()
            .map(
                file ->
                    new PinnedFile(
                        URI.create(folder + "/" + Path.of(file.uri()).getFileName()),
                        file.sha256(),
                        file.bytes(),
                        file.label()))
            .toList());
  }

  /** Pins a corpus as the platform does. */
  CorpusRef corpus(ListedSource... sources) throws IOException {
    CorpusListing listing = new CorpusListing(Arrays.asList(sources));
    CorpusListing byContent =
        new CorpusListing(
            listing.sources().stream()
                .map(
                    s ->
                        new ListedSource(
                            s.path(),
                            s.weight(),
                            s.licence(),
                            s.format(),
                            s.text(),
                            s.files().stream()
                                .sorted((a, b) -> a.sha256().compareTo(b.sha256()))
                                .toList(),
                            s.name(),
                            s.cap()))
                .toList());
    Fingerprint fingerprint = Fingerprint.of(Stage.CORPUS, Map.of(), byContent.content());
    String prefix = Stage.CORPUS.at(fingerprint) + "/listings";
    try (ArtifactStore opened = Stores.open(store)) {
      long number = new Series<>(opened, prefix, CorpusListing.class).append(listing);
      List<PinnedFile> files = listing.sources().stream().flatMap(s -> s.files().stream()).toList();
      long bytes = files.stream().mapToLong(PinnedFile::bytes).sum();
      return new CorpusRef(
          fingerprint, String.format("%s/%06d.json", prefix, number), files.size(), bytes);
    }
  }

  CleanOrder clean(CorpusRef corpus, CleaningSpec spec) {
    return clean(corpus, spec, Optional.empty());
  }

  CleanOrder clean(CorpusRef corpus, CleaningSpec spec, Optional<TestItemsRef> items) {
    Fingerprint fingerprint =
        Fingerprint.of(Stage.DOCUMENTS, CleanOrder.inputs(corpus, items), spec);
    return new CleanOrder(attempt(), fingerprint, corpus, spec, runner, items);
  }

  /** Keeps test rows as the platform does. */
  TestItemsRef items(TestItems items) throws IOException {
    String prefix = "items/" + items.fingerprint().hex();
    try (ArtifactStore opened = Stores.open(store)) {
      long number = new Series<>(opened, prefix, TestItems.class).append(items);
      return new TestItemsRef(items.fingerprint(), String.format("%s/%06d.json", prefix, number));
    }
  }

  ScreenOrder screen(DocumentsRef documents, TestItemsRef items) {
    Map<String, Fingerprint> inputs =
        Map.of("documents", documents.fingerprint(), "items", items.fingerprint());
    Fingerprint fingerprint = Fingerprint.ofForm(Fingerprint.form(Stage.SCREENING, inputs));
    return new ScreenOrder(attempt(), fingerprint, documents, items, runner);
  }

  LearnOrder learn(DocumentsRef documents, TokenizerSpec spec) {
    Fingerprint fingerprint =
        Fingerprint.of(Stage.TOKENIZER, Map.of("documents", documents.fingerprint()), spec);
    return new LearnOrder(attempt(), fingerprint, documents, spec, runner);
  }

  TokenizeOrder tokenize(
      CorpusRef corpus, DocumentsRef documents, TokenizerRef tokenizer, TokensSpec spec) {
    Map<String, Fingerprint> inputs =
        Map.of(
            "corpus", corpus.fingerprint(),
            "documents", documents.fingerprint(),
            "tokenizer", tokenizer.fingerprint());
    Fingerprint fingerprint = Fingerprint.of(Stage.TOKENS, inputs, spec);
    return new TokenizeOrder(attempt(), fingerprint, corpus, documents, tokenizer, spec, runner);
  }
}
