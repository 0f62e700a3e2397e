package dev.rootstock.preprocess;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code learn}: documents to a tokenizer. */
final class LearnVerb implements Verb<LearnOrder> {
  @Override
  public Class<LearnOrder> order() {
    return LearnOrder.class;
  }

  @Override
  public TokenizerRef carryOut(LearnOrder order, ProgressLog progress, Stop stop) throws Exception {
    try (Workshop workshop =
        new Workshop(
            order.attempt(),
            Stage.TOKENIZER,
            order.fingerprint(),
            Map.of("documents", order.documents().fingerprint()),
            order.tokenizer(),
            progress,
            stop)) {
      Optional<TokenizerRef> made = workshop.find(TokenizerRef.class);
      if (made.isPresent()) {
        return made.get();
      }
      BrokenFiles.refuse(workshop.store(), order.documents().fingerprint());
      if (order.documents().documents() == 0) {
        throw nothingLeft(workshop, order.documents());
      }
      List<String> parts = workshop.documentParts(order.documents().fingerprint());
      Place place = workshop.place();
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              order.tokenizer().merges(),
              "merges",
              pipeline -> LearnPipeline.build(pipeline, parts, order.tokenizer(), place));
      Receipt learned =
          receipts.stream()
              .filter(receipt -> receipt.count("vocabulary") > 0)
              .findFirst()
              .orElseThrow();
      double bytesPerToken = (double) learned.count("bytes") / learned.count("tokens");
      progress.tell(
          words(order, learned, bytesPerToken) + cut(workshop.store(), place, learned, receipts));
      List<StoredFile> files =
          receipts.stream().flatMap(receipt -> receipt.files().stream()).toList();
      TokenizerRef ref =
          new TokenizerRef(order.fingerprint(), (int) learned.count("vocabulary"), bytesPerToken);
      return workshop.commit(files, ref, order.runner());
    }
  }

  /** What was dropped is worth having, so it is here that a corpus without documents ends. */
  static Hopeless nothingLeft(Workshop workshop, DocumentsRef documents) throws IOException {
    if (documents.dropped() == 0) {
      return new Hopeless(
          "BadCorpus", "the corpus holds no document; look at corpus.sources and their formats");
    }
    Map<?, ?> reasons =
        (Map<?, ?>)
            ArtifactParts.of(workshop.store(), documents.fingerprint()).statistics().get("dropped");
    return new Hopeless(
        "BadCorpus",
        "all "
            + documents.dropped()
            + " documents were dropped: "
            + reasons.entrySet().stream()
                .map(reason -> String.format("%s %,d", reason.getKey(), reason.getValue()))
                .collect(Collectors.joining(", "))
            + "; lower corpus.clean.minCharacters, choose corpus.clean: none, or give other corpus.sources");
  }

  private static String words(LearnOrder order, Receipt learned, double bytesPerToken) {
    long vocabulary = learned.count("vocabulary");
    String asked =
        vocabulary < order.tokenizer().vocabulary()
            ? String.format(
                " of the %,d asked for (no pair is left that occurs twice)",
                order.tokenizer().vocabulary())
            : "";
    return String.format(
        Locale.ROOT, "vocabulary %,d%s, %.2f bytes per token", vocabulary, asked, bytesPerToken);
  }

  private static String cut(
      ArtifactStore store, Place place, Receipt learned, List<Receipt> receipts)
      throws IOException {
    Optional<String> sample =
        receipts.stream()
            .map(receipt -> String.valueOf(receipt.more().getOrDefault("sample", "")))
            .filter(text -> !text.isEmpty())
            .findFirst();
    if (sample.isEmpty()) {
      return "";
    }
    byte[] json = store.read(learned.files().get(0).key(place.folder()));
    return "; one sentence cut: "
        + String.join("|", BytePairTokenizer.read(json).cut(sample.get()));
  }
}
