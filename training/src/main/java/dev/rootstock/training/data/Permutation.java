package dev.rootstock.training.data;

/**
 * A permutation of {@code 0 … size − 1} drawn from a seed and an epoch, without a table: four
 * Feistel rounds over the next power of four, walked until the value falls inside. Immutable.
 */
public final class Permutation {
  private static final int ROUNDS = 4;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long size;
  private final int halfBits;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  public Permutation(long size, long seed, long epoch) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "a permutation of " + size + " rows; it needs at least one");
    }
    this.size = size;
    this.halfBits = Math.max(1, (64 - Long.numberOfLeadingZeros(size - 1) + 1) / 2);
    this.mask = (1L << halfBits) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = mix(mix(mix(seed + GOLDEN) ^ epoch) + (round + 1) * GOLDEN);
    }
  }

  /** Where {@code index} goes; fewer than four rounds of walking on average. */
  public long at(long index) {
    long value = index;
    do {
      long left = value >>> halfBits;
      long right = value & mask;
      for (long key : keys) {
        long next = left ^ (mix(right ^ key) & mask);
        left = right;
        right = next;
      }
      value = left << halfBits | right;
    } while (value >= size);
    return value;
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
