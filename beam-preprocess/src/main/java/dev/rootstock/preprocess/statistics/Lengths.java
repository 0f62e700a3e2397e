package dev.rootstock.preprocess.statistics;

/** Buckets of a histogram of lengths: two to each doubling, the first for length 0. */
public final class Lengths {
  private Lengths() {}

  /** The bucket of a length: 0 for none, else 1 + floor(2 log2 of it), exactly. */
  public static int bucket(long length) {
    if (length <= 0) {
      return 0;
    }
    int octave = Math.min(30, 63 - Long.numberOfLeadingZeros(length));
    return 1 + 2 * octave + (length >= middle(octave) ? 1 : 0);
  }

  /** The least length of a bucket. */
  public static long from(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    int octave = (bucket - 1) / 2;
    return bucket % 2 == 1 ? 1L << octave : middle(octave);
  }

  /** The least whole number of at least 2^(octave + 1/2), for octaves below 31. */
  private static long middle(int octave) {
    long square = 1L << (2 * octave + 1);
    long root = (long) Math.sqrt(square);
    while (root * root < square) {
      root++;
    }
    return root;
  }
}
