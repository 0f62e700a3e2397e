package dev.rootstock.preprocess.statistics;

import dev.rootstock.contract.CorpusListing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many tokens each source of a corpus came to: {@code tokens/<fp>/statistics.json}. Parts are
 * added in any order and give the same. Not thread-safe.
 */
public final class SourceTokens {
  public static final String SCHEMA = "rootstock.tokens/1";

  private static final List<String> COLUMNS =
      List.of("documents", "bytes", "tokens", "trainingTokens", "validationTokens", "leftOut");
  private static final int DOCUMENTS = 0;
  private static final int BYTES = 1;
  private static final int TOKENS = 2;
  private static final int TRAINING = 3;
  private static final int VALIDATION = 4;
  private static final int LEFT_OUT = 5;

  private final Map<Integer, long[]> bySource = new TreeMap<>();

  /**
   * Counts a document that is trained on.
   *
   * @param copies by the weight of its source; 0: it is left out
   * @param bytes UTF-8 length of its text
   * @param tokens of one copy, its end of text among them
   */
  public void training(int source, int copies, long bytes, long tokens) {
    long[] counts = of(source);
    if (copies == 0) {
      counts[LEFT_OUT]++;
      return;
    }
    counts[DOCUMENTS]++;
    counts[BYTES] += bytes;
    counts[TOKENS] += tokens;
    counts[TRAINING] += copies * tokens;
  }

  /** Counts a document that is held out; see {@link #training}. */
  public void validation(int source, long bytes, long tokens) {
    long[] counts = of(source);
    counts[DOCUMENTS]++;
    counts[BYTES] += bytes;
    counts[TOKENS] += tokens;
    counts[VALIDATION] += tokens;
  }

  private long[] of(int source) {
    return bySource.computeIfAbsent(source, any -> new long[COLUMNS.size()]);
  }

  /** Adds what others counted. */
  public void add(SourceTokens more) {
    more.bySource.forEach(
        (source, counts) -> {
          long[] mine = of(source);
          for (int i = 0; i < counts.length; i++) {
            mine[i] += counts[i];
          }
        });
  }

  /** As a part of a JSON tree, for {@link #ofTree}. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    bySource.forEach(
        (source, counts) -> {
          List<Object> list = new ArrayList<>();
          for (long count : counts) {
            list.add(count);
          }
          tree.put(String.valueOf(source), list);
        });
    return tree;
  }

  /** What {@link #tree} wrote. */
  public static SourceTokens ofTree(Object tree) {
    SourceTokens tokens = new SourceTokens();
    ((Map<?, ?>) tree)
        .forEach(
            (source, list) -> {
              long[] counts = tokens.of(Integer.parseInt((String) source));
              for (int i = 0; i < counts.length; i++) {
                counts[i] = (Long) ((List<?>) list).get(i);
              }
            });
    return tokens;
  }

  /** The whole file, one object a source of the corpus. */
  public Map<String, Object> statistics(CorpusListing corpus) {
    List<Object> sources = new ArrayList<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      long[] counts = bySource.getOrDefault(i, new long[COLUMNS.size()]);
      CorpusListing.ListedSource listed = corpus.sources().get(i);
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("source", (long) i);
      listed.licence().ifPresent(licence -> source.put("licence", licence));
      source.put("weight", listed.weight());
      listed.cap().ifPresent(cap -> source.put("cap", cap));
      for (int column = 0; column < counts.length; column++) {
        source.put(COLUMNS.get(column), counts[column]);
      }
      sources.add(source);
    }
    Map<String, Object> statistics = new LinkedHashMap<>();
    statistics.put("schema", SCHEMA);
    statistics.put("sources", sources);
    return statistics;
  }
}
