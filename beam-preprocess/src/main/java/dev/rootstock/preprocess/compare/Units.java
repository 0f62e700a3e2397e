package dev.rootstock.preprocess.compare;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The stretches of a text that may repeat elsewhere: its lines, or every three sentences on end.
 * Immutable.
 */
final class Units implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Units NONE = new Units(1, new int[] {0}, new long[0]);

  private final int width;
  private final int[] starts;
  private final long[] hashes;

  /**
   * @param width pieces in a stretch
   * @param starts where pieces begin, and where the last one ends
   * @param hashes of stretches, by their first piece
   */
  Units(int width, int[] starts, long[] hashes) {
    if (width < 1 || hashes.length != Math.max(0, starts.length - width)) {
      throw new IllegalArgumentException(
          hashes.length
              + " hashes; "
              + starts.length
              + " starts and width "
              + width
              + " ask others");
    }
    this.width = width;
    this.starts = starts;
    this.hashes = hashes;
  }

  int width() {
    return width;
  }

  /** Number of stretches. */
  int count() {
    return hashes.length;
  }

  /** Number of starts, one more than pieces. */
  int starts() {
    return starts.length;
  }

  int start(int i) {
    return starts[i];
  }

  long hash(int i) {
    return hashes[i];
  }

  Range range(int i) {
    return new Range(starts[i], starts[i + width]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Units that
        && width == that.width
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(hashes, that.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return hashes.length + " units of " + width;
  }
}
