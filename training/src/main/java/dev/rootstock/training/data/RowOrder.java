package dev.rootstock.training.data;

import java.util.Arrays;

/**
 * The order in which rows are trained on, as FORMATS.md, section 5, tells: for each epoch the row
 * groups are permuted and cut into windows, and the rows of a window are permuted. Which row stands
 * where is a pure function of the seed and the place. Remembers the epoch asked for last; not
 * thread-safe.
 */
final class RowOrder {
  /** Row groups whose rows are mixed: some 25 million tokens. */
  static final int WINDOW = 16;

  private static final long ODD = 0xD1B54A32D192ED03L;

  private final int[] rows; // by group
  private final long[] before; // rows of the groups before, by group
  private final long seed;
  private Epoch last;

  RowOrder(int[] rows, long seed) {
    this.rows = rows.clone();
    this.seed = seed;
    before = new long[rows.length + 1];
    for (int group = 0; group < rows.length; group++) {
      before[group + 1] = before[group] + rows[group];
    }
  }

  /**
   * A row's place.
   *
   * @param groups the window: its row groups, rising
   * @param row within the window, its groups one after another
   * @param following the window after this one
   */
  record Place(int[] groups, int row, int[] following) {}

  /** An epoch's windows with the next epoch's first, and the rows before each. */
  private record Epoch(long number, int[][] windows, long[] before) {}

  long rows() {
    return before[rows.length];
  }

  /** Where the row lies that stands at a position of the endless sequence of epochs. */
  Place at(long position) {
    Epoch epoch = epoch(position / rows());
    long rest = position % rows();
    int found = Arrays.binarySearch(epoch.before(), rest);
    int window = found >= 0 ? found : -found - 2;
    long size = epoch.before()[window + 1] - epoch.before()[window];
    long mixed = seed ^ (window + 1) * ODD;
    long row = new Permutation(size, mixed, epoch.number()).at(rest - epoch.before()[window]);
    return new Place(epoch.windows()[window], (int) row, epoch.windows()[window + 1]);
  }

  /** The number of a row through all shards. */
  long number(Place place) {
    int row = place.row();
    for (int group : place.groups()) {
      if (row < rows[group]) {
        return before[group] + row;
      }
      row -= rows[group];
    }
    throw new IllegalArgumentException("row " + place.row() + " lies beyond its window");
  }

  private Epoch epoch(long number) {
    if (last == null || last.number() != number) {
      int count = (rows.length + WINDOW - 1) / WINDOW;
      int[][] windows = new int[count + 1][];
      long[] sums = new long[count + 1];
      for (int window = 0; window < count; window++) {
        windows[window] = window(number, window);
        sums[window + 1] =
            sums[window] + Arrays.stream(windows[window]).mapToLong(group -> rows[group]).sum();
      }
      windows[count] = window(number + 1, 0);
      last = new Epoch(number, windows, sums);
    }
    return last;
  }

  private int[] window(long epoch, int window) {
    Permutation order = new Permutation(rows.length, seed, epoch);
    int first = window * WINDOW;
    int[] groups = new int[Math.min(WINDOW, rows.length - first)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (int) order.at(first + i);
    }
    Arrays.sort(groups);
    return groups;
  }
}
