package dev.rootstock.preprocess;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.tokenize.TokenizeDocuments;
import dev.rootstock.preprocess.tokenize.Weights;
import dev.rootstock.preprocess.tokenize.WriteTokenShards.Packing;
import java.io.IOException;
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
      CorpusListing corpus = workshop.listing(order.corpus());
      List<String> parts = workshop.documentParts(order.documents().fingerprint());
      String tokenizer = tokenizerKey(workshop, order);
      BytePairTokenizer loaded = BytePairTokenizer.read(workshop.store().read(tokenizer));
      Packing packing =
          Packing.of(
              order.tokens().context(),
              loaded.vocabulary(),
              loaded.endOfText(),
              order.tokenizer().fingerprint());
      Place place = workshop.place();
      TokenizeDocuments encoding =
          TokenizeDocuments.with(
              place.store(), tokenizer, Weights.of(corpus), order.tokens().shards());
      List<Receipt> receipts =
          workshop.run(
              order.runner(),
              place,
              order.documents().bytes(),
              "bytes",
              pipeline -> TokenizePipeline.build(pipeline, parts, encoding, packing, place));
      TokensRef ref = ref(order, receipts);
      progress.tell(words(ref, receipts));
      if (ref.rows() == 0) {
        throw new Hopeless(
            "BadCorpus",
            "no document is left for training; raise the weight of corpus.sources or give more text");
      }
      List<StoredFile> files =
          receipts.stream().flatMap(receipt -> receipt.file().stream()).toList();
      return workshop.commit(files, ref, order.runner());
    }
  }

  private static String tokenizerKey(Workshop workshop, TokenizeOrder order) throws IOException {
    Fingerprint fingerprint = order.tokenizer().fingerprint();
    return workshop.input(Stage.TOKENIZER, fingerprint).files().stream()
        .filter(file -> file.name().equals("tokenizer.json"))
        .findFirst()
        .map(file -> Stage.TOKENIZER.at(fingerprint) + "/" + file.path())
        .orElseThrow();
  }

  private static TokensRef ref(TokenizeOrder order, List<Receipt> receipts) {
    return new TokensRef(
        order.fingerprint(),
        count(receipts, "shard", "tokens"),
        count(receipts, "shard", "rows"),
        count(receipts, "validation", "tokens"),
        receipts.stream()
            .filter(receipt -> receipt.kind().equals("validation"))
            .mapToLong(Receipt::bytes)
            .sum(),
        order.tokens().context());
  }

  private static long count(List<Receipt> receipts, String kind, String name) {
    return receipts.stream()
        .filter(receipt -> receipt.kind().equals(kind))
        .mapToLong(r -> r.count(name))
        .sum();
  }

  private static String words(TokensRef ref, List<Receipt> receipts) {
    long shards = receipts.stream().filter(receipt -> receipt.kind().equals("shard")).count();
    return String.format(
        "%,d tokens in %,d rows of %,d, %d shards; %,d tokens held out",
        ref.tokens(), ref.rows(), ref.context(), shards, ref.validationTokens());
  }
}
