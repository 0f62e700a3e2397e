package dev.rootstock.training.backend;

/**
 * Rows of token ids, what each position should predict, and what it may see.
 *
 * @param ids {@code rows × time}, row-major
 * @param targets the same measures; {@link #IGNORED} where nothing is predicted
 * @param begins the same measures: the place in its row from which on a position sees, itself at
 *     the latest. Never falls within a row. Positions are counted from there
 */
public record Batch(int[] ids, int[] targets, int[] begins, int rows, int time) {
  public static final int IGNORED = -1;

  public Batch {
    int size = rows * time;
    if (ids.length != size || targets.length != size || begins.length != size) {
      throw new IllegalArgumentException(
          "a batch of "
              + rows
              + " × "
              + time
              + " holds "
              + ids.length
              + " ids, "
              + targets.length
              + " targets and "
              + begins.length
              + " begins");
    }
  }

  /** Every position sees its row from the first on. */
  public Batch(int[] ids, int[] targets, int rows, int time) {
    this(ids, targets, new int[ids.length], rows, time);
  }

  /**
   * Makes sure that no row is longer than a model reads.
   *
   * @throws IllegalArgumentException if one is
   */
  public void within(int context) {
    if (time > context) {
      throw new IllegalArgumentException(
          "a batch of " + time + " positions; it must have at most the context (" + context + ")");
    }
  }

  /** Positions that predict something. */
  public long predicted() {
    long count = 0;
    for (int target : targets) {
      count += target == IGNORED ? 0 : 1;
    }
    return count;
  }
}
