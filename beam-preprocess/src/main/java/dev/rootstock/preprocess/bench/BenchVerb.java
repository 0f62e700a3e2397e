package dev.rootstock.preprocess.bench;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.DataBenchOrder;
import dev.rootstock.contract.engine.DataBenchRun;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.PeakMemory;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.read.CorpusFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code bench}: makes a corpus up, or times one side on it. */
public final class BenchVerb implements Verb<DataBenchOrder> {
  private final Verb<CleanOrder> clean;
  private final Verb<LearnOrder> learn;
  private final Verb<TokenizeOrder> tokenize;

  public BenchVerb(Verb<CleanOrder> clean, Verb<LearnOrder> learn, Verb<TokenizeOrder> tokenize) {
    this.clean = clean;
    this.learn = learn;
    this.tokenize = tokenize;
  }

  @Override
  public Class<DataBenchOrder> order() {
    return DataBenchOrder.class;
  }

  @Override
  public DataBenchRun carryOut(DataBenchOrder order, ProgressLog progress, Stop stop)
      throws Exception {
    if (order.side() == DataBenchOrder.Side.GENERATE) {
      return generated(order);
    }
    CorpusListing listing = new CorpusListing(List.of(pinned(order.files())));
    if (order.side() == DataBenchOrder.Side.LOOP) {
      progress.tell("plain threads");
      return new PlainLoop(order).run(CorpusFile.of(listing));
    }
    return pipeline(order, listing, progress, stop);
  }

  private static DataBenchRun generated(DataBenchOrder order) throws IOException {
    List<Path> files = BenchCorpus.write(Path.of(order.folder()), order.bytes());
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new DataBenchRun(
        files.stream().map(Path::toString).toList(),
        bytes,
        0,
        0,
        0,
        List.of(),
        PeakMemory.bytes(),
        Optional.empty());
  }

  /** What the platform does before any stage; it is not timed. */
  private static ListedSource pinned(List<String> files) throws IOException {
    List<PinnedFile> pinned = new ArrayList<>();
    for (String file : files) {
      Path path = Path.of(file).toAbsolutePath().normalize();
      Optional<String> label =
          CorpusSpec.Format.ofName(path.getFileName().toString())
              .map(format -> format.name().toLowerCase(Locale.ROOT));
      pinned.add(new PinnedFile(path.toUri(), Artifacts.sum(path), Files.size(path), label));
    }
    pinned.sort(Comparator.comparing(PinnedFile::sha256));
    return new ListedSource("bench", 1, Optional.empty(), CorpusSpec.Format.AUTO, "text", pinned);
  }

  private DataBenchRun pipeline(
      DataBenchOrder order, CorpusListing listing, ProgressLog progress, Stop stop)
      throws Exception {
    CorpusRef corpus = keep(order, listing);
    Clock clock = new Clock();
    CleanOrder cleaning = cleaning(order, corpus);
    DocumentsRef documents =
        clock.time(
            "clean",
            corpus.bytes(),
            done -> 0,
            () -> (DocumentsRef) clean.carryOut(cleaning, progress, stop));
    LearnOrder learning = learning(order, documents);
    TokenizerRef tokenizer =
        clock.time(
            "learn",
            documents.bytes(),
            done -> 0,
            () -> (TokenizerRef) learn.carryOut(learning, progress, stop));
    TokenizeOrder tokenizing = tokenizing(order, corpus, documents, tokenizer);
    TokensRef tokens =
        clock.time(
            "tokenize",
            documents.bytes(),
            BenchVerb::all,
            () -> (TokensRef) tokenize.carryOut(tokenizing, progress, stop));
    return new DataBenchRun(
        order.files(),
        corpus.bytes(),
        documents.documents() + documents.dropped(),
        documents.documents(),
        all(tokens),
        clock.stages(),
        PeakMemory.bytes(),
        Optional.of(tokenizerFile(order, tokenizer)));
  }

  private static long all(TokensRef tokens) {
    return tokens.tokens() + tokens.validationTokens();
  }

  private static CorpusRef keep(DataBenchOrder order, CorpusListing listing) throws IOException {
    Fingerprint fingerprint = Fingerprint.of(Stage.CORPUS, Map.of(), listing.content());
    String prefix = Stage.CORPUS.at(fingerprint) + "/listings";
    List<PinnedFile> files = listing.sources().get(0).files();
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      long number = new Series<>(store, prefix, CorpusListing.class).append(listing);
      return new CorpusRef(
          fingerprint,
          String.format(Locale.ROOT, "%s/%06d.json", prefix, number),
          files.size(),
          files.stream().mapToLong(PinnedFile::bytes).sum());
    }
  }

  private static CleanOrder cleaning(DataBenchOrder order, CorpusRef corpus) {
    Map<String, Fingerprint> inputs = Map.of("corpus", corpus.fingerprint());
    Fingerprint name = Fingerprint.of(Stage.DOCUMENTS, inputs, order.cleaning());
    return new CleanOrder(
        order.attempt(), name, corpus, order.cleaning(), order.runner(), Optional.empty());
  }

  private static LearnOrder learning(DataBenchOrder order, DocumentsRef documents) {
    Map<String, Fingerprint> inputs = Map.of("documents", documents.fingerprint());
    Fingerprint name = Fingerprint.of(Stage.TOKENIZER, inputs, order.tokenizer());
    return new LearnOrder(order.attempt(), name, documents, order.tokenizer(), order.runner());
  }

  private static TokenizeOrder tokenizing(
      DataBenchOrder order, CorpusRef corpus, DocumentsRef documents, TokenizerRef tokenizer) {
    Map<String, Fingerprint> inputs =
        Map.of(
            "documents", documents.fingerprint(),
            "tokenizer", tokenizer.fingerprint(),
            "corpus", corpus.fingerprint());
    Fingerprint name = Fingerprint.of(Stage.TOKENS, inputs, order.tokens());
    return new TokenizeOrder(
        order.attempt(), name, corpus, documents, tokenizer, order.tokens(), order.runner());
  }

  private static String tokenizerFile(DataBenchOrder order, TokenizerRef tokenizer) {
    return Path.of(Stores.locate(order.attempt().store()))
        .resolve(Stage.TOKENIZER.at(tokenizer.fingerprint()))
        .resolve("tokenizer.json")
        .toString();
  }
}
