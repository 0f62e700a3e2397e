package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.read.Outcome;
import dev.rootstock.preprocess.statistics.Counts;
import dev.rootstock.preprocess.statistics.Example;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a segment's writer counts. Integers alone, so that no order shows. Not thread-safe. */
public final class DocumentCounts {
  /** The key of {@link Counts} in {@link #tree}. */
  public static final String STATISTICS = "statistics";

  /** Files that could not be read to their end, each with a {@link #FILE} and {@link #REASON}. */
  public static final String BROKEN = "broken";

  /**
   * What a file is called in a document's origin. Not where it lies: a segment serves every corpus
   * that has these bytes.
   */
  public static final String FILE = "file";

  public static final String REASON = "reason";

  /** What the names of counts of records that hold no document begin with. */
  public static final String SKIPPED = "skipped ";

  private static final int SHOWN = 60; // characters of an example

  private final Map<String, Object> counts = new TreeMap<>();
  private final Counts statistics = new Counts();

  /** A file was read, as far as it could be. */
  void file(Outcome outcome) {
    outcome
        .skipped()
        .forEach(
            (what, records) -> {
              count(SKIPPED + what, records);
              statistics.skipped(what, records);
            });
    outcome
        .broken()
        .ifPresent(
            broken ->
                counts.merge(
                    BROKEN,
                    List.of(Map.of(FILE, broken.file(), REASON, broken.reason())),
                    (a, b) ->
                        Stream.concat(((List<?>) a).stream(), ((List<?>) b).stream()).toList()));
  }

  void read(Document document) {
    count("in", 1);
    count("bytesIn", document.bytes());
  }

  /** What was masked in a document, and which of its lines were taken out. */
  void changed(Cleaned cleaned) {
    cleaned.counts().forEach(this::happened);
  }

  private void happened(String what, long times) {
    count(what, times);
    statistics.happened(what, times);
  }

  /** A document that passed, and is yet to be compared with others. */
  void kept(Document document) {
    count("kept", 1);
    count("bytesKept", document.bytes());
  }

  /** A document that stays. */
  void kept(Document document, String split) {
    kept(document);
    count(split, 1);
    statistics.kept(document, split);
  }

  void dropped(Dropped dropped) {
    count("dropped", 1);
    count(dropped.reason().name(), 1);
    counts.putIfAbsent("example", example(dropped));
    statistics.dropped(dropped);
  }

  private void count(String name, long more) {
    counts.merge(name, more, (a, b) -> (Long) a + (Long) b);
  }

  /** Counts by name, an example of what was dropped, and what statistics are made of. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new TreeMap<>(counts);
    tree.put(STATISTICS, statistics.tree());
    return tree;
  }

  private static String example(Dropped dropped) {
    String shown = Example.head(dropped.document().text(), SHOWN);
    return dropped.reason()
        + ", "
        + dropped.detail()
        + " ("
        + dropped.rule()
        + "): \""
        + shown
        + "\"";
  }
}
