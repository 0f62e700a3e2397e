package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.language.Words;
import java.util.Arrays;

/**
 * The runs of n words of a text that appear more than once, as numbers: equal runs have equal ones,
 * from 0 in the order of first appearance. A run is numbered by the two shorter ones that overlap
 * in it, so none is spelled out and none is mistaken for another; and of runs that appear once
 * nothing longer appears twice, so ordinary text soon has nothing left to look at.
 */
final class Ngrams {
  private static final int ONCE = -1;

  private final Words words;
  private final int[] ids; // by start; ONCE for a run that appears once
  private int n = 1;
  private int size; // starts
  private int[] counts; // by id

  private Ngrams(Words words) {
    this.words = words;
    this.size = words.size();
    this.ids = new int[size];
    Arrays.setAll(ids, words::id);
    this.counts = new int[words.spellings()];
    forgetSingles();
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
    n++;
    int candidates = 0;
    for (int i = 0; i < size; i++) {
      candidates += isCandidate(i) ? 1 : 0;
    }
    long[] keys =
        new long[Math.max(1, Integer.highestOneBit(candidates) << 2)]; // key + 1; 0 is free
    int[] values = new int[keys.length];
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (isCandidate(i)) {
        long key = ((long) ids[i] << Integer.SIZE | ids[i + 1]) + 1;
        int slot = slot(keys, key);
        if (keys[slot] == 0) {
          keys[slot] = key;
          values[slot] = distinct++;
        }
        ids[i] = values[slot];
      } else {
        ids[i] = ONCE;
      }
    }
    counts = new int[distinct];
    forgetSingles();
  }

  private boolean isCandidate(int start) {
    return ids[start] != ONCE && ids[start + 1] != ONCE;
  }

  private void forgetSingles() {
    for (int i = 0; i < size; i++) {
      if (ids[i] != ONCE) {
        counts[ids[i]]++;
      }
    }
    for (int i = 0; i < size; i++) {
      ids[i] = ids[i] != ONCE && counts[ids[i]] == 1 ? ONCE : ids[i];
    }
  }

  private static int slot(long[] keys, long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 33) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
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
    int top = ONCE;
    for (int id = 0; id < counts.length; id++) {
      if (counts[id] > (top == ONCE ? 1 : counts[top])) {
        top = id;
      }
    }
    for (int i = 0; i < size; i++) {
      if (ids[i] == top || top == ONCE) {
        return (long) (top == ONCE ? 1 : counts[top]) * (length(i) + (n - 1) * joint);
      }
    }
    return 0;
  }

  /** Characters of the runs that were there before; behind one, the search goes on n words on. */
  long repeatedCharacters() {
    boolean[] seen = new boolean[counts.length];
    long characters = 0;
    int i = 0;
    while (i < size) {
      boolean repeated = ids[i] != ONCE && seen[ids[i]];
      if (ids[i] != ONCE) {
        seen[ids[i]] = true;
      }
      characters += repeated ? length(i) : 0;
      i += repeated ? n : 1;
    }
    return characters;
  }
}
