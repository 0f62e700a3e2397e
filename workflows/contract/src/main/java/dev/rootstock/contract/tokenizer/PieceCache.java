package dev.rootstock.contract.tokenizer;

import java.util.Arrays;

/**
 * Pieces met before, with their ids. Holds at most {@link #SIZE} pieces: one that falls on
 * another's place takes it. Thread-safe without locks, since an entry never changes.
 */
final class PieceCache {
  static final int SIZE = 1 << 16; // pieces
  static final int LONGEST = 32; // UTF-16 units of a piece that is kept

  private final Entry[] entries = new Entry[SIZE];

  private record Entry(char[] piece, int[] ids) {}

  /** The ids, not to be written to, or null. */
  int[] find(char[] text, int start, int end) {
    Entry entry = entries[place(text, start, end)];
    return entry != null && Arrays.equals(entry.piece, 0, entry.piece.length, text, start, end)
        ? entry.ids
        : null;
  }

  void keep(char[] text, int start, int end, int[] ids) {
    entries[place(text, start, end)] = new Entry(Arrays.copyOfRange(text, start, end), ids);
  }

  private static int place(char[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    return (hash * 0x9E3779B9) >>> (32 - 16);
  }
}
