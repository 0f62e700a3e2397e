package dev.rootstock.preprocess.statistics;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.preprocess.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code statistics.json}, as FORMATS.md has it. */
public final class Statistics {
  public static final String SCHEMA = "rootstock.statistics/1";

  private static final int BINS = 20; // of a score

  private Statistics() {}

  /**
   * The statistics of documents.
   *
   * @param bySource counts by index of the source
   * @param corpus what they come from; only what does not depend on places is told of it
   */
  public static Map<String, Object> of(Map<Integer, Counts> bySource, CorpusListing corpus) {
    Counts counts = new Counts();
    bySource.values().forEach(counts::add);
    Map<String, Object> statistics = new LinkedHashMap<>();
    statistics.put("schema", SCHEMA);
    statistics.put("in", counts.kept().documents() + counts.dropped().documents());
    statistics.put("kept", counts.kept().documents());
    statistics.put("dropped", reasons(counts));
    statistics.put("bytesIn", counts.kept().bytes() + counts.dropped().bytes());
    statistics.put("bytesKept", counts.kept().bytes());
    statistics.put("charactersKept", counts.kept().characters());
    Map<String, Tally> splits = tallies(counts, "kept/split/");
    for (String split : List.of("train", "validation")) {
      statistics.put(split, splits.getOrDefault(split, Tally.NONE).documents());
    }
    statistics.put("sources", sources(bySource, corpus));
    statistics.put("rules", rules(counts));
    statistics.put("languages", languages(counts));
    statistics.put("lengths", lengths(counts));
    statistics.put("scores", scores(counts));
    Map<String, Object> skipped = new LinkedHashMap<>();
    Map<String, Object> happened = new LinkedHashMap<>();
    counts.eachNumber("skipped/", skipped::put);
    counts.eachNumber("happened/", happened::put);
    statistics.put("skipped", skipped);
    statistics.put("happened", happened);
    return statistics;
  }

  private static Map<String, Tally> tallies(Counts counts, String prefix) {
    Map<String, Tally> tallies = new TreeMap<>();
    counts.each(prefix, tallies::put);
    return tallies;
  }

  /** Dropped documents by reason, in the order of {@link Reason}. */
  public static Map<String, Object> reasons(Counts counts) {
    Map<String, Long> byReason = new TreeMap<>();
    counts.each(
        "dropped/rule/",
        (rule, tally) ->
            byReason.merge(rule.substring(0, rule.indexOf('/')), tally.documents(), Long::sum));
    Map<String, Object> inOrder = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      if (byReason.containsKey(reason.name())) {
        inOrder.put(reason.name(), byReason.get(reason.name()));
      }
    }
    return inOrder;
  }

  private static List<Object> sources(Map<Integer, Counts> bySource, CorpusListing corpus) {
    List<Object> sources = new ArrayList<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      CorpusListing.ListedSource listed = corpus.sources().get(i);
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("source", (long) i);
      listed.licence().ifPresent(licence -> source.put("licence", licence));
      source.put("files", (long) listed.files().size());
      source.put("fileBytes", listed.files().stream().mapToLong(PinnedFile::bytes).sum());
      Counts counts = bySource.getOrDefault(i, new Counts());
      outcome(source, counts.kept(), counts.dropped());
      sources.add(source);
    }
    return sources;
  }

  private static List<Object> languages(Counts counts) {
    Map<String, Tally> kept = tallies(counts, "kept/language/");
    Map<String, Tally> dropped = tallies(counts, "dropped/language/");
    Map<String, Tally> both = new TreeMap<>(kept);
    dropped.forEach((language, tally) -> both.merge(language, tally, Tally::plus));
    List<String> most = new ArrayList<>(both.keySet());
    most.sort((a, b) -> Long.compare(both.get(b).documents(), both.get(a).documents())); // stable
    List<Object> languages = new ArrayList<>();
    for (String name : most) {
      Map<String, Object> language = new LinkedHashMap<>();
      language.put("language", name);
      outcome(language, kept.get(name), dropped.get(name));
      languages.add(language);
    }
    return languages;
  }

  private static void outcome(
      Map<String, Object> row, @Nullable Tally keptOrNone, @Nullable Tally droppedOrNone) {
    Tally kept = keptOrNone == null ? Tally.NONE : keptOrNone;
    Tally dropped = droppedOrNone == null ? Tally.NONE : droppedOrNone;
    row.put("in", kept.documents() + dropped.documents());
    row.put("kept", kept.documents());
    row.put("dropped", dropped.documents());
    row.put("bytesKept", kept.bytes());
    row.put("bytesDropped", dropped.bytes());
    row.put("charactersKept", kept.characters());
  }

  private static List<Object> rules(Counts counts) {
    Map<String, Tally> byRule = tallies(counts, "dropped/rule/");
    List<String> most = new ArrayList<>(byRule.keySet());
    most.sort(
        (a, b) -> Long.compare(byRule.get(b).documents(), byRule.get(a).documents())); // stable
    List<Object> rules = new ArrayList<>();
    for (String key : most) {
      Tally tally = byRule.get(key);
      int slash = key.indexOf('/');
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("rule", key.substring(slash + 1));
      rule.put("reason", key.substring(0, slash));
      rule.put("documents", tally.documents());
      rule.put("bytes", tally.bytes());
      rule.put("characters", tally.characters());
      rule.put(
          "examples",
          new ArrayList<Object>(counts.examples(key).stream().map(Example::tree).toList()));
      rules.add(rule);
    }
    return rules;
  }

  private static List<Object> lengths(Counts counts) {
    TreeMap<Integer, long[]> buckets = new TreeMap<>();
    String[] outcomes = {"kept", "dropped"};
    for (int i = 0; i < outcomes.length; i++) {
      int column = i;
      counts.eachNumber(
          "length/" + outcomes[i] + "/",
          (bucket, documents) ->
              buckets.computeIfAbsent(Integer.valueOf(bucket), any -> new long[2])[column] =
                  documents);
    }
    List<Object> lengths = new ArrayList<>();
    for (int b = buckets.isEmpty() ? 1 : buckets.firstKey();
        !buckets.isEmpty() && b <= buckets.lastKey();
        b++) {
      long[] documents = buckets.getOrDefault(b, new long[2]);
      Map<String, Object> bucket = new LinkedHashMap<>();
      bucket.put("from", Lengths.from(b));
      bucket.put("to", Lengths.from(b + 1) - 1);
      bucket.put("kept", documents[0]);
      bucket.put("dropped", documents[1]);
      lengths.add(bucket);
    }
    return lengths;
  }

  private static Map<String, Object> scores(Counts counts) {
    Map<String, long[]> bins = new TreeMap<>();
    Map<String, Long> sums = new TreeMap<>();
    counts.eachNumber(
        "score/",
        (key, number) -> {
          String name = key.substring(0, key.lastIndexOf('/'));
          String which = key.substring(name.length() + 1);
          if (which.equals("sum")) {
            sums.put(name, number);
          } else {
            bins.computeIfAbsent(name, any -> new long[BINS])[Integer.parseInt(which)] = number;
          }
        });
    Map<String, Object> scores = new LinkedHashMap<>();
    bins.forEach(
        (name, counted) -> {
          Map<String, Object> score = new LinkedHashMap<>();
          List<Object> list = new ArrayList<>();
          long documents = 0;
          for (long one : counted) {
            list.add(one);
            documents += one;
          }
          score.put("documents", documents);
          score.put("sumOfThousandths", sums.getOrDefault(name, 0L));
          score.put("bins", list);
          scores.put(name, score);
        });
    return scores;
  }

  /**
   * The same, its sources called as the corpus calls them and its examples' sources by the names of
   * files.
   */
  public static Map<String, Object> named(
      Map<String, Object> statistics, CorpusListing corpus, FileNames names) {
    Map<String, Object> named = new LinkedHashMap<>(statistics);
    List<Object> sources = new ArrayList<>();
    for (Object each : (List<?>) named.getOrDefault("sources", List.of())) {
      Map<String, Object> source = new LinkedHashMap<>();
      copy((Map<?, ?>) each, source);
      int index = ((Number) source.getOrDefault("source", -1L)).intValue();
      if (index >= 0 && index < corpus.sources().size()) {
        source.put("name", corpus.sources().get(index).label());
      }
      sources.add(source);
    }
    named.put("sources", sources);
    List<Object> rules = new ArrayList<>();
    for (Object each : (List<?>) named.getOrDefault("rules", List.of())) {
      Map<String, Object> rule = new LinkedHashMap<>();
      copy((Map<?, ?>) each, rule);
      List<Object> examples = new ArrayList<>();
      for (Object one : (List<?>) rule.get("examples")) {
        Map<String, Object> example = new LinkedHashMap<>();
        copy((Map<?, ?>) one, example);
        example.put("source", names.of(String.valueOf(example.get("source"))));
        example.put("detail", names.inWords(String.valueOf(example.get("detail"))));
        examples.add(example);
      }
      rule.put("examples", examples);
      rules.add(rule);
    }
    named.put("rules", rules);
    return named;
  }

  private static void copy(Map<?, ?> from, Map<String, Object> to) {
    from.forEach((key, value) -> to.put((String) key, value));
  }
}
