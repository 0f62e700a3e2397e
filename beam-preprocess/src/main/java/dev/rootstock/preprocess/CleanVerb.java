package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.clean.DocumentCounts;
import dev.rootstock.preprocess.read.Bundle;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.statistics.Counts;
import dev.rootstock.preprocess.statistics.Statistics;
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
      CorpusListing corpus = workshop.listing(order.corpus());
      List<Bundle> bundles = Bundle.of(CorpusFile.of(corpus));
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
      Tally tally = new Tally(receipts);
      progress.tell(tally.words());
      tally.example().ifPresent(progress::tell);
      tally.check();
      PartList parts = PartList.of(receipts);
      List<StoredFile> stored = new ArrayList<>();
      parts.parts().forEach(part -> stored.add(part.file()));
      receipts.forEach(receipt -> stored.addAll(receipt.files("dropped")));
      stored.add(place.write(PartList.NAME, CanonicalJson.pretty(parts)));
      Map<String, Object> statistics = new LinkedHashMap<>(Statistics.of(tally.bySource(), corpus));
      List<String> broken = BrokenFiles.of(receipts, corpus);
      if (!broken.isEmpty()) {
        statistics.put(BrokenFiles.KEY, broken);
        progress.tell(BrokenFiles.words(broken));
      }
      stored.add(place.write("statistics.json", Json.pretty(statistics)));
      return workshop.commit(
          stored.stream().distinct().toList(),
          new DocumentsRef(order.fingerprint(), tally.kept(), tally.dropped(), tally.bytesKept()),
          order.runner());
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

    /** Makes sure that nothing was lost. */
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

    /** What statistics are made of. */
    Map<Integer, Counts> bySource() {
      Map<Integer, Counts> bySource = new TreeMap<>();
      for (Receipt receipt : receipts) {
        Object counted = receipt.more().get(DocumentCounts.STATISTICS);
        if (counted != null) {
          bySource
              .computeIfAbsent(receipt.source(), any -> new Counts())
              .add(Counts.ofTree(counted));
        }
      }
      return bySource;
    }
  }
}
