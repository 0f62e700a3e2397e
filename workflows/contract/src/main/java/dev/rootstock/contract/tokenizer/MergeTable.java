package dev.rootstock.contract.tokenizer;

/**
 * Pairs of ids to their rank and to the id they merge into: open addressing, key and value side by
 * side, so that a look costs one cache line. Thread-safe once filled.
 */
final class MergeTable {
  /** The value of a pair that is not listed; greater than any other. */
  static final long NONE = Long.MAX_VALUE;

  private final int mask;
  private final long[] slots; // left << 32 | right, plus 1, so that 0 is free; then the value

  MergeTable(int merges) {
    int size = Integer.highestOneBit(Math.max(8, merges) * 2) * 2;
    mask = size - 1;
    slots = new long[2 * size];
  }

  /** Lists a pair; the last rank of a pair that is listed twice holds, as in Hugging Face's. */
  void put(int left, int right, int rank, int id) {
    int slot = slot(left, right);
    slots[slot] = key(left, right);
    slots[slot + 1] = (long) rank << 32 | id;
  }

  /** The pair's rank and what it merges into, or {@link #NONE}; values are in order of rank. */
  long find(int left, int right) {
    int slot = slot(left, right);
    return slots[slot] == 0 ? NONE : slots[slot + 1];
  }

  static int rank(long value) {
    return (int) (value >>> 32);
  }

  static int id(long value) {
    return (int) value;
  }

  private int slot(int left, int right) {
    long key = key(left, right);
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & mask;
    while (slots[2 * slot] != 0 && slots[2 * slot] != key) {
      slot = (slot + 1) & mask;
    }
    return 2 * slot;
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) + 1;
  }
}
