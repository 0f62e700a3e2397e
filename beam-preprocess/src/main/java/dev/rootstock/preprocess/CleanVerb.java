package dev.rootstock.preprocess;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.statistics.Counts;
import dev.rootstock.preprocess.statistics.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code clean}: a pinned corpus to documents. */
final class CleanVerb implements Verb<CleanOrder> {
  @Override
  public Class<CleanOrder> order() {
    return CleanOrder.class;
  }

  @Override
  public DocumentsRef carryOut(CleanOrder order, ProgressLog progress, Stop stop) throws Exception {
    try (Workshop workshop =
        new Workshop(
            order.attempt(),
            Stage.DOCUMENTS,
            order.fingerprint(),
            Map.of("corpus", order.corpus().fingerprint()),
            order.cleaning(),
            progress,
            stop)) {
      Optional<DocumentsRef> made = workshop.find(DocumentsRef.class);
      if (made.isPresent()) {
        return made.get();
      }
      CorpusListing corpus = workshop.listing(order.corpus());
      List<CorpusFile> files = CorpusFile.of(corpus);
      long bytes = files.stream().mapToLong(CorpusFile::bytes).sum();
      Place place = workshop.place();
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              bytes,
              "bytes",
              pipeline -> CleanPipeline.build(pipeline, files, order.cleaning(), place));
      Tally tally = new Tally(receipts);
      progress.tell(tally.words());
      tally.example().ifPresent(progress::tell);
      tally.check();
      List<StoredFile> stored =
          new ArrayList<>(receipts.stream().flatMap(receipt -> receipt.file().stream()).toList());
      stored.add(statistics(place, Statistics.of(tally.counts(), corpus)));
      return workshop.commit(
          stored,
          new DocumentsRef(order.fingerprint(), tally.kept(), tally.dropped(), tally.bytes("part")),
          order.runner());
    }
  }

  private static StoredFile statistics(Place place, Map<String, Object> statistics)
      throws IOException {
    Path file = Scratch.file(".json");
    try {
      Files.writeString(file, Json.pretty(statistics));
      return place.add("statistics.json", file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The counts of all receipts. */
  record Tally(List<Receipt> receipts) {
    long documents(String kind) {
      return receipts.stream()
          .filter(receipt -> receipt.kind().equals(kind))
          .mapToLong(Receipt::documents)
          .sum();
    }

    long bytes(String kind) {
      return receipts.stream()
          .filter(receipt -> receipt.kind().equals(kind))
          .mapToLong(Receipt::bytes)
          .sum();
    }

    Counts counts() {
      Counts counts = new Counts();
      receipts.stream()
          .filter(receipt -> receipt.more().containsKey("tallies"))
          .forEach(receipt -> counts.add(Counts.ofTree(receipt.more())));
      return counts;
    }

    long kept() {
      return documents("part");
    }

    long dropped() {
      return documents("dropped");
    }

    /**
     * Makes sure that nothing was lost and that something is left.
     *
     * @throws Hopeless {@code BadCorpus} if every document was dropped
     */
    void check() {
      if (documents("read") != kept() + dropped()) {
        throw new IllegalStateException(
            documents("read")
                + " documents came in, but "
                + kept()
                + " were kept and "
                + dropped()
                + " dropped");
      }
      if (documents("read") == 0) {
        throw new Hopeless(
            "BadCorpus", "the corpus holds no document; look at corpus.sources and their formats");
      }
      if (kept() == 0) {
        throw new Hopeless(
            "BadCorpus",
            "all "
                + dropped()
                + " documents were dropped: "
                + reasonWords()
                + "; lower corpus.clean.minCharacters, choose corpus.clean: none, or give other corpus.sources");
      }
    }

    private String reasonWords() {
      return Statistics.reasons(counts()).entrySet().stream()
          .map(reason -> String.format("%s %,d", reason.getKey(), reason.getValue()))
          .collect(Collectors.joining(", "));
    }

    String words() {
      String words = String.format("%,d documents in, %,d kept", documents("read"), kept());
      return dropped() == 0 ? words : words + ", dropped: " + reasonWords();
    }

    Optional<String> example() {
      return receipts.stream()
          .map(receipt -> receipt.more().get("example"))
          .filter(String.class::isInstance)
          .findFirst()
          .map(example -> "dropped as " + example);
    }
  }
}
