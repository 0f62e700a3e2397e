package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.read.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a segment's writer counts. Integers alone, so that no order shows. Not thread-safe. */
public final class DocumentCounts {
  /** Files that could not be read to their end, a sentence each. */
  public static final String BROKEN = "broken";

  /** What the names of counts of records that hold no document begin with. */
  public static final String SKIPPED = "skipped ";

  private static final int SHOWN = 60; // characters of an example

  private final Map<String, Object> counts = new TreeMap<>();

  /** A file was read, as far as it could be. */
  void file(Outcome outcome) {
    outcome.skipped().forEach((what, records) -> count(SKIPPED + what, records));
    outcome
        .broken()
        .ifPresent(
            broken ->
                counts.merge(
                    BROKEN,
                    List.of(broken.uri() + " (" + broken.reason() + ")"),
                    (a, b) ->
                        Stream.concat(((List<?>) a).stream(), ((List<?>) b).stream()).toList()));
  }

  void read(Document document) {
    count("in", 1);
    count("bytesIn", document.bytes());
  }

  /** What was masked in a document, and which of its lines were taken out. */
  void changed(Cleaned cleaned) {
    cleaned.counts().forEach(this::count);
  }

  void kept(Document document) {
    count("kept", 1);
    count("bytesKept", document.bytes());
  }

  void split(String split) {
    count(split, 1);
  }

  void dropped(Dropped dropped) {
    count("dropped", 1);
    count(dropped.reason().name(), 1);
    counts.putIfAbsent("example", example(dropped));
  }

  private void count(String name, long more) {
    counts.merge(name, more, (a, b) -> (Long) a + (Long) b);
  }

  /** Counts by name, and an example of what was dropped. */
  Map<String, Object> tree() {
    return counts;
  }

  private static String example(Dropped dropped) {
    String text = dropped.document().text().strip().replaceAll("\\s+", " ");
    int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
    String shown = end < text.length() ? text.substring(0, end) + "…" : text;
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
