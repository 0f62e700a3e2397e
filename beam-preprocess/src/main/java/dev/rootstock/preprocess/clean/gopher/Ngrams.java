package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.language.Words;
import java.util.Arrays;

/**
 * The runs of n words of a text, as numbers: equal runs have equal ones, from 0 in the order of
 * first appearance. Runs of n + 1 are numbered by those of n and the word that follows, so no run
 * is ever spelled out and none is mistaken for another.
 */
final class Ngrams {
  private final Words words;
  private final int[] ids; // one a start
  private int n = 1;
  private int size;
  private int distinct;
  private final long[] keys; // open addressing, key + 1; 0 is free
  private final int[] values;

  private Ngrams(Words words) {
    this.words = words;
    this.size = words.size();
    this.ids = new int[size];
    Arrays.setAll(ids, words::id);
    this.distinct = words.spellings();
    this.keys = new long[Integer.highestOneBit(Math.max(1, size)) << 2];
    this.values = new int[keys.length];
  }

  /** Runs of some words. */
  static Ngrams of(Words words, int n) {
    Ngrams runs = new Ngrams(words);
    while (runs.n < n) {
      runs.grow();
    }
    return runs;
  }

  /** Makes the runs one word longer. */
  void grow() {
    size = Math.max(0, size - 1);
    Arrays.fill(keys, 0);
    distinct = 0;
    for (int i = 0; i < size; i++) {
      ids[i] = number(((long) ids[i] << Integer.SIZE | words.id(i + n)) + 1);
    }
    n++;
  }

  private int number(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 33) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    if (keys[slot] == 0) {
      keys[slot] = key;
      values[slot] = distinct++;
    }
    return values[slot];
  }

  /** Words in a run. */
  int n() {
    return n;
  }

  /** Characters of the run from a word on, without what stands between its words. */
  private int length(int from) {
    int length = 0;
    for (int i = from; i < from + n; i++) {
      length += words.length(i);
    }
    return length;
  }

  /**
   * Characters of all copies of the most frequent run, also of one that appears once; of equally
   * frequent ones the first.
   *
   * @param joint characters between two words
   */
  long topCharacters(int joint) {
    int[] counts = new int[distinct];
    for (int i = 0; i < size; i++) {
      counts[ids[i]]++;
    }
    int top = 0;
    for (int id = 1; id < distinct; id++) {
      top = counts[id] > counts[top] ? id : top;
    }
    for (int i = 0; i < size; i++) {
      if (ids[i] == top) {
        return (long) counts[top] * (length(i) + (n - 1) * joint);
      }
    }
    return 0;
  }

  /** Characters of the runs that were there before; behind one, the search goes on n words on. */
  long repeatedCharacters() {
    boolean[] seen = new boolean[distinct];
    long characters = 0;
    int i = 0;
    while (i < size) {
      boolean repeated = seen[ids[i]];
      seen[ids[i]] = true;
      characters += repeated ? length(i) : 0;
      i += repeated ? n : 1;
    }
    return characters;
  }
}
