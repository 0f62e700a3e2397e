package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.Serializable;
import java.util.Comparator;

/** A line or span, and where it stands. */
record Stretch(Origin origin, int bundle, int from, int to)
    implements Serializable, Comparable<Stretch> {
  private static final Comparator<Stretch> ORDER =
      Comparator.comparing(Stretch::origin).thenComparingInt(Stretch::from);

  Range range() {
    return new Range(from, to);
  }

  @Override
  public int compareTo(Stretch other) {
    return ORDER.compare(this, other);
  }
}
