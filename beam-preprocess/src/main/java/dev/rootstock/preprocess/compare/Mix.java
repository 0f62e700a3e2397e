package dev.rootstock.preprocess.compare;

/** 64-bit hashing; all that is compared rests on these numbers, so they never change. */
final class Mix {
  /** Odd, from the golden ratio: the step and the multiplier. */
  static final long STEP = 0x9E3779B97F4A7C15L;

  private Mix() {}

  /** SplitMix64's finaliser: a bijection whose every output bit hangs on every input bit. */
  static long of(long x) {
    long y = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }

  /** Adds to a hash that {@link #of} ends. */
  static long add(long hash, long more) {
    return (hash ^ more) * STEP;
  }

  /** The n-th of a fixed sequence of seeds, from 0. */
  static long seed(int n) {
    return of((n + 1) * STEP);
  }
}
