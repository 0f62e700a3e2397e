package dev.rootstock.preprocess.tokenize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Counted pieces, without the rarest where there are too many: those that occur less often than the
 * least count of which at most so many pieces are left. That count follows from all counts and not
 * from their order. Not thread-safe.
 */
final class CommonPieces {
  private static final int COUNTED = 1 << 12; // a piece that occurs as often or more is kept

  private final int most;
  private final long[] met = new long[COUNTED]; // different pieces, by count
  private List<String> pieces = new ArrayList<>();
  private long[] counts = new long[16];

  /**
   * @param most pieces to keep; half as many more are held meanwhile
   */
  CommonPieces(int most) {
    this.most = most;
  }

  /** Takes a piece, once. */
  void add(String piece, long count) {
    met[(int) Math.min(count, COUNTED - 1)]++;
    if (pieces.size() == counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    counts[pieces.size()] = count;
    pieces.add(piece);
    if (pieces.size() > most + most / 2) {
      dropRare();
    }
  }

  void forEach(BiConsumer<String, Long> taker) {
    dropRare();
    for (int i = 0; i < pieces.size(); i++) {
      taker.accept(pieces.get(i), counts[i]);
    }
  }

  /** The least count only rises as more is met, so what is dropped now would be dropped later. */
  private void dropRare() {
    long least = leastCount();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (counts[i] >= least) {
        counts[kept.size()] = counts[i];
        kept.add(pieces.get(i));
      }
    }
    pieces = kept;
  }

  private long leastCount() {
    long kept = 0;
    for (int count = COUNTED - 1; count > 0; count--) {
      kept += met[count];
      if (kept > most) {
        return Math.min(count + 1L, COUNTED - 1L);
      }
    }
    return 1;
  }
}
