package dev.rootstock.preprocess.tokenize;

import java.util.Arrays;

/**
 * Pairs of neighbours: how often each stands, and in which words. Pairs are numbered as they are
 * first met. Open addressing over arrays, since there are millions. Not thread-safe.
 */
final class PairTable {
  private long[] keys = new long[1 << 12]; // left << 32 | right
  private int[] numbers = new int[1 << 12]; // pair + 1, so that 0 is free
  private long[] keyOf = new long[1 << 11];
  private long[] counts = new long[1 << 11];
  private int[][] words = new int[1 << 11][];
  private int[] held = new int[1 << 11]; // of words
  private int size;

  int size() {
    return size;
  }

  int left(int pair) {
    return (int) (keyOf[pair] >>> 32);
  }

  int right(int pair) {
    return (int) keyOf[pair];
  }

  long count(int pair) {
    return counts[pair];
  }

  /** Adds to a pair's count, which may fall, and returns the pair. */
  int add(int left, int right, long count) {
    int pair = pair((long) left << 32 | right);
    counts[pair] += count;
    return pair;
  }

  /** Notes that a word holds the pair; it may be noted twice, and stay noted when it is lost. */
  void in(int pair, int word) {
    int length = held[pair];
    int[] list = words[pair];
    if (length > 0 && list[length - 1] == word) {
      return;
    }
    if (length == 0) {
      list = words[pair] = new int[2];
    } else if (length == list.length) {
      list = words[pair] = Arrays.copyOf(list, length + (length >> 1) + 1);
    }
    list[length] = word;
    held[pair] = length + 1;
  }

  /** Forgets the pair, and returns the words that were noted. */
  int[] take(int pair) {
    int[] list = held[pair] == 0 ? new int[0] : Arrays.copyOf(words[pair], held[pair]);
    words[pair] = null;
    held[pair] = 0;
    counts[pair] = 0;
    return list;
  }

  private int pair(long key) {
    int slot = slot(key);
    if (numbers[slot] != 0) {
      return numbers[slot] - 1;
    }
    if (2 * size >= keys.length) {
      grow();
      slot = slot(key);
    }
    keys[slot] = key;
    numbers[slot] = size + 1;
    keyOf[size] = key;
    return size++;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (numbers[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    keys = new long[keys.length * 2];
    numbers = new int[keys.length];
    keyOf = Arrays.copyOf(keyOf, keys.length / 2);
    counts = Arrays.copyOf(counts, keys.length / 2);
    words = Arrays.copyOf(words, keys.length / 2);
    held = Arrays.copyOf(held, keys.length / 2);
    for (int pair = 0; pair < size; pair++) {
      int slot = slot(keyOf[pair]);
      keys[slot] = keyOf[pair];
      numbers[slot] = pair + 1;
    }
  }
}
