package dev.rootstock.training.backend;

/**
 * Rows of token ids and what each position should predict.
 *
 * @param ids {@code rows × time}, row-major
 * @param targets the same measures; {@link #IGNORED} where nothing is predicted
 */
public record Batch(int[] ids, int[] targets, int rows, int time) {
  public static final int IGNORED = -1;

  public Batch {
    if (ids.length != rows * time || targets.length != rows * time) {
      throw new IllegalArgumentException(
          "a batch of "
              + rows
              + " × "
              + time
              + " holds "
              + ids.length
              + " ids and "
              + targets.length
              + " targets");
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
