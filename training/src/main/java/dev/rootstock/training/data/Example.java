package dev.rootstock.training.data;

import dev.rootstock.training.backend.Batch;
import java.util.Arrays;
import java.util.List;

/**
 * Token ids of which the last are to be learned.
 *
 * @param ids at most context + 1, for the last of them is only ever predicted
 * @param answerFrom index of the first id that is predicted, at least 1
 */
public record Example(int[] ids, int answerFrom) {
  private static final int STEP =
      8; // batches are this much alike in length, so that fewer shapes come up

  public Example {
    if (answerFrom < 1 || answerFrom >= ids.length) {
      throw new IllegalArgumentException(
          "an example of " + ids.length + " ids whose answer begins at " + answerFrom);
    }
  }

  /** Ids that are predicted. */
  public int answers() {
    return ids.length - answerFrom;
  }

  /**
   * A batch padded to its longest row, on the right, where causal attention never looks.
   *
   * @param context most positions a row may have
   */
  public static Batch batch(List<Example> examples, int context) {
    int longest = examples.stream().mapToInt(example -> example.ids.length - 1).max().orElseThrow();
    int time = Math.min(context, (longest + STEP - 1) / STEP * STEP);
    int[] ids = new int[examples.size() * time];
    int[] targets = new int[ids.length];
    Arrays.fill(targets, Batch.IGNORED);
    for (int row = 0; row < examples.size(); row++) {
      Example example = examples.get(row);
      System.arraycopy(example.ids, 0, ids, row * time, example.ids.length - 1);
      for (int i = example.answerFrom; i < example.ids.length; i++) {
        targets[row * time + i - 1] = example.ids[i];
      }
    }
    return new Batch(ids, targets, examples.size(), time);
  }
}
