package dev.rootstock.preprocess;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.mix.Caps;
import dev.rootstock.preprocess.mix.MeasureCaps;
import dev.rootstock.preprocess.statistics.SourceTokens;
import dev.rootstock.preprocess.tokenize.Packing;
import dev.rootstock.preprocess.tokenize.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tokenize}: documents to packed tokens. */
final class TokenizeVerb implements Verb<TokenizeOrder> {
  @Override
  public Class<TokenizeOrder> order() {
    return TokenizeOrder.class;
  }

  @Override
  public TokensRef carryOut(TokenizeOrder order, ProgressLog progress, Stop stop) throws Exception {
    Map<String, Fingerprint> inputs =
        Map.of(
            "documents", order.documents().fingerprint(),
            "tokenizer", order.tokenizer().fingerprint(),
            "corpus", order.corpus().fingerprint());
    try (Workshop workshop =
        new Workshop(
            order.attempt(),
            Stage.TOKENS,
            order.fingerprint(),
            inputs,
            order.tokens(),
            progress,
            stop)) {
      Optional<TokensRef> made = workshop.find(TokensRef.class);
      if (made.isPresent()) {
        return made.get();
      }
      BrokenFiles.refuse(workshop.store(), order.documents().fingerprint());
      CorpusListing corpus = workshop.listing(order.corpus());
      List<Part> uncapped = parts(workshop, order, corpus);
      if (uncapped.isEmpty()) {
        throw LearnVerb.nothingLeft(workshop, order.documents());
      }
      List<Part> parts = capped(workshop, order, corpus, uncapped);
      String tokenizer = tokenizerKey(workshop, order);
      Packing packing =
          new Packing(
              order.tokens().context(),
              order.tokens().packing(),
              tokenizer,
              order.tokenizer().fingerprint().hex());
      Place place = workshop.place();
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              order.documents().bytes(),
              "bytes",
              pipeline -> TokenizePipeline.build(pipeline, parts, packing, place));
      TokensRef ref = ref(order, receipts);
      progress.tell(words(ref, receipts));
      if (ref.rows() == 0) {
        throw new Hopeless(
            "BadCorpus",
            "no document is left for training; raise the weight of corpus.sources or give more text");
      }
      List<StoredFile> files =
          new ArrayList<>(
              receipts.stream().flatMap(receipt -> receipt.files().stream()).distinct().toList());
      files.add(place.write("statistics.json", Json.pretty(SourceTokens.of(corpus, receipts))));
      return workshop.commit(files, ref, order.runner());
    }
  }

  private static String tokenizerKey(Workshop workshop, TokenizeOrder order) throws IOException {
    Fingerprint fingerprint = order.tokenizer().fingerprint();
    return workshop.input(Stage.TOKENIZER, fingerprint).files().stream()
        .filter(file -> file.name().equals("tokenizer.json"))
        .findFirst()
        .map(file -> file.key(Stage.TOKENIZER.at(fingerprint)))
        .orElseThrow();
  }

  /** The parts of the documents, each with the weight of its source. */
  private static List<Part> parts(Workshop workshop, TokenizeOrder order, CorpusListing corpus)
      throws IOException {
    Fingerprint documents = order.documents().fingerprint();
    List<Part> parts = new ArrayList<>();
    for (PartList.Part part : workshop.partList(documents).parts()) {
      double weight = corpus.sources().get(part.source()).weight();
      parts.add(
          new Part(parts.size(), part.source(), part.key(documents), part.file().sha256(), weight));
    }
    return parts;
  }

  /** The same, where a source has a cap with the hash at which it is reached. */
  private static List<Part> capped(
      Workshop workshop, TokenizeOrder order, CorpusListing corpus, List<Part> parts)
      throws Exception {
    Map<Integer, Long> asked = Caps.asked(corpus);
    List<Part> concerned = parts.stream().filter(part -> asked.containsKey(part.source())).toList();
    if (concerned.isEmpty()) {
      return parts;
    }
    Place place = workshop.place();
    Caps caps =
        MeasureCaps.of(
            workshop.run(
                order.runner(),
                place,
                0,
                "parts",
                pipeline -> TokenizePipeline.measure(pipeline, concerned, asked, place)));
    return parts.stream()
        .map(
            part ->
                new Part(
                    part.index(),
                    part.source(),
                    part.key(),
                    part.sha256(),
                    part.weight(),
                    caps.of(part.source())))
        .toList();
  }

  private static TokensRef ref(TokenizeOrder order, List<Receipt> receipts) {
    return new TokensRef(
        order.fingerprint(),
        count(receipts, "shard tokens"),
        count(receipts, "shard rows"),
        count(receipts, "validation tokens"),
        count(receipts, "validation bytes"),
        order.tokens().context());
  }

  private static long count(List<Receipt> receipts, String name) {
    return receipts.stream().mapToLong(receipt -> receipt.count(name)).sum();
  }

  private static String words(TokensRef ref, List<Receipt> receipts) {
    long shards = receipts.stream().mapToLong(receipt -> receipt.files("shard").size()).sum();
    return String.format(
        "%,d tokens in %,d rows of %,d, %d shards; %,d tokens held out",
        ref.tokens(), ref.rows(), ref.context(), shards, ref.validationTokens());
  }
}
