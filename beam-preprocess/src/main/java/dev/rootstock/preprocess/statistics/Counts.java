package dev.rootstock.preprocess.statistics;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What became of some documents. Whoever writes a part fills one; parts are added in any order and
 * give the same, for all is whole numbers and least ones. Of which source they are is not in it, so
 * that a part which two corpora share is counted once. Not thread-safe.
 */
public final class Counts {
  /** Language of documents of which none is known. */
  public static final String UNKNOWN = "und";

  private static final int EXAMPLES = 3; // a rule
  private static final int BINS = 20; // of a score between 0 and 1
  private static final int SCALE = 1000; // of the sum of a score

  // Keys are words parted by '/': kept/language/zh, dropped/rule/TOO_SHORT/basic/long-enough/1.
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Map<String, Long> numbers = new TreeMap<>();
  private final Map<String, TreeMap<String, Example>> examples = new TreeMap<>(); // by rule, by id

  /** Counts a document that is kept. */
  public void kept(Document document, String split) {
    Tally one = document("kept", document);
    tallies.merge("kept/split/" + split, one, Tally::plus);
  }

  /** Counts a document that is dropped. */
  public void dropped(Dropped dropped) {
    Tally one = document("dropped", dropped.document());
    String rule = dropped.reason() + "/" + dropped.rule();
    tallies.merge("dropped/rule/" + rule, one, Tally::plus);
    keep(rule, Example.of(dropped));
  }

  private Tally document(String outcome, Document document) {
    Tally one = Tally.of(document.text());
    tallies.merge(
        outcome + "/language/" + KnownLanguages.name(document.language()), one, Tally::plus);
    document.scores().forEach(this::score);
    count("length/" + outcome + "/" + Lengths.bucket(one.characters()), 1);
    return one;
  }

  private void keep(String rule, Example example) {
    TreeMap<String, Example> least = examples.computeIfAbsent(rule, any -> new TreeMap<>());
    Example twin = least.get(example.id());
    if (twin == null || example.source().compareTo(twin.source()) < 0) {
      least.put(example.id(), example);
    }
    if (least.size() > EXAMPLES) {
      least.pollLastEntry();
    }
  }

  /**
   * Notes a score of a document, whether it is kept or not.
   *
   * @param value is counted if it is from 0 to 1
   */
  private void score(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      return;
    }
    int bin = (int) Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)));
    count("score/" + name + "/" + String.format("%02d", bin), 1);
    count("score/" + name + "/sum", Math.round(value * SCALE));
  }

  /** Notes something that happened within documents: {@code lines removed}, {@code e-mail}. */
  public void happened(String what, long times) {
    count("happened/" + what, times);
  }

  /** Notes records that hold no document: {@code http status 404}. */
  public void skipped(String what, long records) {
    count("skipped/" + what, records);
  }

  private void count(String key, long more) {
    numbers.merge(key, more, Long::sum);
  }

  /** Adds what others counted; {@code more} stays as it is. */
  public void add(Counts more) {
    more.tallies.forEach((key, tally) -> tallies.merge(key, tally, Tally::plus));
    more.numbers.forEach(this::count);
    more.examples.forEach((rule, least) -> least.values().forEach(one -> keep(rule, one)));
  }

  /** All that was kept. */
  public Tally kept() {
    return sum("kept/language/");
  }

  /** All that was dropped. */
  public Tally dropped() {
    return sum("dropped/language/");
  }

  private Tally sum(String prefix) {
    Tally[] sum = {Tally.NONE};
    each(prefix, (key, tally) -> sum[0] = sum[0].plus(tally));
    return sum[0];
  }

  /** Each tally whose key begins with {@code prefix}, by the rest of its key. */
  void each(String prefix, BiConsumer<String, Tally> taker) {
    tallies.forEach(
        (key, tally) -> {
          if (key.startsWith(prefix)) {
            taker.accept(key.substring(prefix.length()), tally);
          }
        });
  }

  /** Each number whose key begins with {@code prefix}, by the rest of its key. */
  void eachNumber(String prefix, BiConsumer<String, Long> taker) {
    numbers.forEach(
        (key, number) -> {
          if (key.startsWith(prefix)) {
            taker.accept(key.substring(prefix.length()), number);
          }
        });
  }

  /** The dropped documents with the least ids. */
  List<Example> examples(String rule) {
    return List.copyOf(examples.getOrDefault(rule, new TreeMap<>()).values());
  }

  /** As a part of a JSON tree, for {@link #ofTree}. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    tallies.forEach((key, tally) -> written.put(key, tally.tree()));
    tree.put("tallies", written);
    tree.put("numbers", new LinkedHashMap<>(numbers));
    Map<String, Object> shown = new LinkedHashMap<>();
    examples.forEach(
        (rule, least) ->
            shown.put(
                rule, new ArrayList<Object>(least.values().stream().map(Example::tree).toList())));
    tree.put("examples", shown);
    return tree;
  }

  /** What {@link #tree} wrote. */
  public static Counts ofTree(Object tree) {
    Counts counts = new Counts();
    Map<?, ?> parts = (Map<?, ?>) tree;
    ((Map<?, ?>) parts.get("tallies"))
        .forEach((key, tally) -> counts.tallies.put((String) key, Tally.ofTree(tally)));
    ((Map<?, ?>) parts.get("numbers"))
        .forEach((key, number) -> counts.numbers.put((String) key, (Long) number));
    ((Map<?, ?>) parts.get("examples"))
        .forEach(
            (rule, list) ->
                ((List<?>) list).forEach(one -> counts.keep((String) rule, Example.ofTree(one))));
    return counts;
  }
}
