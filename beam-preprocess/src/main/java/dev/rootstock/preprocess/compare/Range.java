package dev.rootstock.preprocess.compare;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a text, in Java characters.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Range(int from, int to) implements Serializable {
  public Range {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "range is " + from + " to " + to + "; it must begin at 0 or later and not be empty");
    }
  }

  /** The same characters in order, with nothing told twice. */
  static List<Range> merge(List<Range> ranges) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort((a, b) -> a.from != b.from ? Integer.compare(a.from, b.from) : a.to - b.to);
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && range.from <= merged.get(last).to) {
        merged.set(last, new Range(merged.get(last).from, Math.max(merged.get(last).to, range.to)));
      } else {
        merged.add(range);
      }
    }
    return List.copyOf(merged);
  }
}
