package dev.rootstock.preprocess;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.read.CorpusFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
      List<CorpusFile> files = CorpusFile.of(workshop.listing(order.corpus()));
      long bytes = files.stream().mapToLong(CorpusFile::bytes).sum();
      Place place = workshop.place();
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              bytes,
              "bytes",
              pipeline -> CleanPipeline.build(pipeline, files, order.cleaning(), place));
      BrokenFiles.refuse(receipts);
      Tally tally = new Tally(receipts);
      progress.tell(tally.words());
      tally.example().ifPresent(progress::tell);
      tally.check();
      List<StoredFile> stored =
          new ArrayList<>(receipts.stream().flatMap(receipt -> receipt.file().stream()).toList());
      stored.add(statistics(place, tally));
      return workshop.commit(
          stored,
          new DocumentsRef(order.fingerprint(), tally.kept(), tally.dropped(), tally.bytes("part")),
          order.runner());
    }
  }

  private static StoredFile statistics(Place place, Tally tally) throws IOException {
    Path file = Scratch.file(".json");
    try {
      Files.writeString(file, Json.pretty(tally.statistics()));
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

    long count(String name) {
      return receipts.stream().mapToLong(receipt -> receipt.count(name)).sum();
    }

    long kept() {
      return documents("part");
    }

    long dropped() {
      return documents("dropped");
    }

    private Map<String, Object> reasons() {
      Map<String, Object> reasons = new LinkedHashMap<>();
      for (Reason reason : Reason.values()) {
        if (count(reason.name()) > 0) {
          reasons.put(reason.name(), count(reason.name()));
        }
      }
      return reasons;
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
      return reasons().entrySet().stream()
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

    Map<String, Object> statistics() {
      Map<String, Object> statistics = new LinkedHashMap<>();
      statistics.put("in", documents("read"));
      statistics.put("kept", kept());
      statistics.put("dropped", reasons());
      statistics.put("bytesIn", bytes("read"));
      statistics.put("bytesKept", bytes("part"));
      statistics.put("train", count(HeldOut.TRAIN));
      statistics.put("validation", count(HeldOut.VALIDATION));
      statistics.put("sources", sources());
      return statistics;
    }

    private List<Object> sources() {
      int last =
          receipts.stream()
              .filter(receipt -> receipt.kind().equals("read"))
              .mapToInt(Receipt::index)
              .max()
              .orElse(-1);
      List<Object> sources = new ArrayList<>();
      for (int source = 0; source <= last; source++) {
        int index = source;
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("source", (long) index);
        counts.put(
            "in",
            receipts.stream()
                .filter(receipt -> receipt.kind().equals("read") && receipt.index() == index)
                .mapToLong(Receipt::documents)
                .sum());
        counts.put("kept", count("source " + index));
        sources.add(counts);
      }
      return sources;
    }
  }
}
