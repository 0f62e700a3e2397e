package dev.rootstock.contract.tokenizer;

import java.util.Arrays;

/**
 * Pairs of ids to their rank and to the id they merge into: open addressing over arrays.
 * Thread-safe once filled.
 */
final class MergeTable {
  static final int NONE = Integer.MAX_VALUE;

  private final int mask;
  private final long[] keys; // left << 32 | right, plus 1, so that 0 is free
  private final int[] ranks;
  private final int[] ids;

  MergeTable(int merges) {
    int size = Integer.highestOneBit(Math.max(8, merges) * 2) * 2;
    mask = size - 1;
    keys = new long[size];
    ranks = new int[size];
    ids = new int[size];
    Arrays.fill(ranks, NONE);
  }

  /** Lists a pair; the first rank of a pair that is listed twice holds. */
  void put(int left, int right, int rank, int id) {
    int slot = slot(left, right);
    if (keys[slot] == 0) {
      keys[slot] = key(left, right);
      ranks[slot] = rank;
      ids[slot] = id;
    }
  }

  /** The pair's rank, or {@link #NONE}. */
  int rank(int left, int right) {
    return ranks[slot(left, right)];
  }

  /** What the pair merges into; only for pairs that have a rank. */
  int id(int left, int right) {
    return ids[slot(left, right)];
  }

  private int slot(int left, int right) {
    long key = key(left, right);
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) + 1;
  }
}
