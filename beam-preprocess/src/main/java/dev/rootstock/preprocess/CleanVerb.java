package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.clean.DocumentCounts;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.read.Bundle;
import dev.rootstock.preprocess.read.CorpusFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            CleanOrder.inputs(order.corpus(), order.items()),
            order.cleaning(),
            progress,
            stop)) {
      Optional<DocumentsRef> made = workshop.find(DocumentsRef.class);
      if (made.isPresent()) {
        return made.get();
      }
      List<Bundle> bundles = Bundle.of(CorpusFile.of(workshop.listing(order.corpus())));
      long bytes = bundles.stream().mapToLong(Bundle::bytes).sum();
      Place place = workshop.place();
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              bytes,
              "bytes",
              pipeline ->
                  CleanPipeline.build(pipeline, bundles, order.cleaning(), order.items(), place));
      BrokenFiles.refuse(receipts);
      Tally tally = new Tally(receipts);
      progress.tell(tally.words());
      tally.example().ifPresent(progress::tell);
      tally.check();
      PartList parts = PartList.of(receipts);
      List<StoredFile> stored = new ArrayList<>();
      parts.parts().forEach(part -> stored.add(part.file()));
      receipts.forEach(receipt -> stored.addAll(receipt.files("dropped")));
      stored.add(write(place, PartList.NAME, CanonicalJson.pretty(parts)));
      stored.add(write(place, "statistics.json", Json.pretty(tally.statistics())));
      return workshop.commit(
          stored.stream().distinct().toList(),
          new DocumentsRef(order.fingerprint(), tally.kept(), tally.dropped(), tally.bytesKept()),
          order.runner());
    }
  }

  private static StoredFile write(Place place, String name, String json) throws IOException {
    Path file = Scratch.file(".json");
    try {
      Files.writeString(file, json);
      return place.add(name, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The counts of all receipts. */
  record Tally(List<Receipt> receipts) {
    /** Over what was sifted, or over what was written. */
    private long sum(String kind, String name) {
      return receipts.stream()
          .filter(receipt -> receipt.kind().equals(kind))
          .mapToLong(receipt -> receipt.count(name))
          .sum();
    }

    long count(String name) {
      return receipts.stream().mapToLong(receipt -> receipt.count(name)).sum();
    }

    private long in() {
      return sum("sifted", "in");
    }

    long kept() {
      return sum("part", "kept");
    }

    long bytesKept() {
      return sum("part", "bytesKept");
    }

    long dropped() {
      return count("dropped");
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
      if (in() != kept() + dropped()) {
        throw new IllegalStateException(
            in()
                + " documents came in, but "
                + kept()
                + " were kept and "
                + dropped()
                + " dropped");
      }
      if (in() == 0) {
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
      String words = String.format("%,d documents in, %,d kept", in(), kept());
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
      statistics.put("in", in());
      statistics.put("kept", kept());
      statistics.put("dropped", reasons());
      statistics.put("bytesIn", sum("sifted", "bytesIn"));
      statistics.put("bytesKept", bytesKept());
      statistics.put("train", count(HeldOut.TRAIN));
      statistics.put("validation", count(HeldOut.VALIDATION));
      statistics.put("sources", sources());
      statistics.put("skipped", skipped());
      return statistics;
    }

    /** Records that hold no document, by what they are. */
    private Map<String, Object> skipped() {
      Map<String, Object> skipped = new TreeMap<>();
      for (Receipt receipt : receipts) {
        for (String name : receipt.more().keySet()) {
          if (name.startsWith(DocumentCounts.SKIPPED)) {
            skipped.merge(
                name.substring(DocumentCounts.SKIPPED.length()),
                receipt.count(name),
                (a, b) -> (Long) a + (Long) b);
          }
        }
      }
      return skipped;
    }

    private List<Object> sources() {
      Map<Integer, Map<String, Object>> sources = new TreeMap<>();
      for (Receipt receipt : receipts) {
        Map<String, Object> counts =
            sources.computeIfAbsent(
                receipt.source(),
                source -> {
                  Map<String, Object> none =
                      new LinkedHashMap<>(); // Map.of has a new order each run
                  none.put("source", (long) source);
                  none.put("in", 0L);
                  none.put("kept", 0L);
                  return none;
                });
        String name = receipt.kind().equals("part") ? "kept" : "in";
        counts.merge(name, receipt.count(name), (a, b) -> (Long) a + (Long) b);
      }
      return List.copyOf(sources.values());
    }
  }
}
