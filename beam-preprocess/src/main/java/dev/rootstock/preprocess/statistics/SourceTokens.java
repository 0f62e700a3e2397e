package dev.rootstock.preprocess.statistics;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.preprocess.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many tokens each source of a corpus came to: {@code statistics.json} of tokens. */
public final class SourceTokens {
  public static final String SCHEMA = "rootstock.tokens/1";

  private static final List<String> KINDS = List.of("shard", "validation");

  private static final List<String> WHAT = List.of("documents", "bytes", "tokens");

  private SourceTokens() {}

  /**
   * The whole file, one object a source of the corpus. A document that is sampled twice counts
   * twice.
   *
   * @param receipts of parts, as {@code shards} gives them
   */
  public static Map<String, Object> of(CorpusListing corpus, List<Receipt> receipts) {
    Map<String, Long> counts = new TreeMap<>();
    for (Receipt receipt : receipts) {
      for (String kind : KINDS) {
        for (String what : WHAT) {
          counts.merge(receipt.source() + kind + what, receipt.count(kind + " " + what), Long::sum);
        }
      }
    }
    List<Object> sources = new ArrayList<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      CorpusListing.ListedSource listed = corpus.sources().get(i);
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("source", (long) i);
      listed.licence().ifPresent(licence -> source.put("licence", licence));
      source.put("weight", listed.weight());
      listed.cap().ifPresent(cap -> source.put("cap", cap));
      for (String what : WHAT) {
        long training = counts.getOrDefault(i + "shard" + what, 0L);
        long heldOut = counts.getOrDefault(i + "validation" + what, 0L);
        source.put(what, training + heldOut);
        source.put(what + "Trained", training);
      }
      sources.add(source);
    }
    Map<String, Object> statistics = new LinkedHashMap<>();
    statistics.put("schema", SCHEMA);
    statistics.put("sources", sources);
    return statistics;
  }
}
