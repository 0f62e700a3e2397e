package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.util.Map;
import java.util.TreeMap;

/** What a segment's writer counts. Integers alone, so that no order shows. Not thread-safe. */
final class DocumentCounts {
  private static final int SHOWN = 60; // characters of an example

  private final Map<String, Object> counts = new TreeMap<>();

  void read(Document document) {
    count("in", 1);
    count("bytesIn", document.bytes());
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
