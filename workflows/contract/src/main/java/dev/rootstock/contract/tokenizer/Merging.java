package dev.rootstock.contract.tokenizer;

import java.util.Arrays;

/**
 * Merges the bytes of one piece after another, lowest rank first, leftmost first among equals. Its
 * arrays are used again. Not thread-safe.
 */
final class Merging {
  private static final int SHORT = 96; // bytes up to which looking through all pairs beats a queue

  private final MergeTable merges;
  private final int[] idOfByte;
  private int[] ids = new int[256];
  private long[] values = new long[256]; // of the pair that begins here: MergeTable.find

  Merging(MergeTable merges, int[] idOfByte) {
    this.merges = merges;
    this.idOfByte = idOfByte;
  }

  /** Ids of {@code text} from {@code start} to {@code end}, which holds no lone surrogate. */
  int[] of(char[] text, int start, int end) {
    int length = spell(text, start, end);
    for (int i = 0; i + 1 < length; i++) {
      values[i] = merges.find(ids[i], ids[i + 1]);
    }
    return length <= SHORT ? mergeShort(length) : mergeLong(length);
  }

  /** UTF-8, byte by byte as ids. */
  private int spell(char[] text, int start, int end) {
    int most = Math.multiplyExact(3, end - start);
    if (ids.length < most) {
      ids = new int[most];
      values = new long[most];
    }
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (c < 0x80) {
        ids[length++] = idOfByte[c];
      } else if (c < 0x800) {
        ids[length++] = idOfByte[0xc0 | c >> 6];
        ids[length++] = idOfByte[0x80 | c & 0x3f];
      } else if (Character.isSurrogate(c)) {
        int pair = Character.toCodePoint(c, text[++i]);
        ids[length++] = idOfByte[0xf0 | pair >> 18];
        ids[length++] = idOfByte[0x80 | pair >> 12 & 0x3f];
        ids[length++] = idOfByte[0x80 | pair >> 6 & 0x3f];
        ids[length++] = idOfByte[0x80 | pair & 0x3f];
      } else {
        ids[length++] = idOfByte[0xe0 | c >> 12];
        ids[length++] = idOfByte[0x80 | c >> 6 & 0x3f];
        ids[length++] = idOfByte[0x80 | c & 0x3f];
      }
    }
    return length;
  }

  private int[] mergeShort(int bytes) {
    int length = bytes;
    while (true) {
      long best = MergeTable.NONE;
      int at = -1;
      for (int i = 0; i + 1 < length; i++) {
        if (values[i] < best) {
          best = values[i];
          at = i;
        }
      }
      if (at < 0) {
        return Arrays.copyOf(ids, length);
      }
      length--;
      ids[at] = MergeTable.id(best);
      System.arraycopy(ids, at + 2, ids, at + 1, length - at - 1);
      if (at + 1 < length) {
        System.arraycopy(values, at + 2, values, at + 1, length - at - 2);
        values[at] = merges.find(ids[at], ids[at + 1]);
      }
      if (at > 0) {
        values[at - 1] = merges.find(ids[at - 1], ids[at]);
      }
    }
  }

  /**
   * The same in n log n: candidates in a queue, ids in a linked list; a candidate whose pair has
   * changed is stale.
   */
  private int[] mergeLong(int length) {
    int[] before = new int[length];
    int[] after = new int[length];
    LongQueue candidates = new LongQueue(length);
    values[length - 1] = MergeTable.NONE;
    for (int i = 0; i < length; i++) {
      before[i] = i - 1;
      after[i] = i + 1;
      offer(candidates, i);
    }
    int left = length;
    while (!candidates.isEmpty()) {
      long next = candidates.poll();
      int at = (int) next;
      if (values[at] == MergeTable.NONE || MergeTable.rank(values[at]) != next >>> 32) {
        continue;
      }
      int gone = after[at];
      ids[at] = MergeTable.id(values[at]);
      ids[gone] = -1;
      values[gone] = MergeTable.NONE;
      left--;
      after[at] = after[gone];
      values[at] = MergeTable.NONE;
      if (after[at] < length) {
        before[after[at]] = at;
        values[at] = merges.find(ids[at], ids[after[at]]);
        offer(candidates, at);
      }
      if (before[at] >= 0) {
        values[before[at]] = merges.find(ids[before[at]], ids[at]);
        offer(candidates, before[at]);
      }
    }
    int[] merged = new int[left];
    for (int i = 0, from = 0; i < left; i++, from = after[from]) {
      merged[i] = ids[from];
    }
    return merged;
  }

  private void offer(LongQueue candidates, int at) {
    if (values[at] != MergeTable.NONE) {
      candidates.add((long) MergeTable.rank(values[at]) << 32 | at);
    }
  }
}
