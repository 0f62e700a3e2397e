package dev.rootstock.training.evaluate;

import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import java.util.Arrays;

/**
 * A long text in windows: one begins every {@code stride} ids and holds at most {@code size}
 * positions; it predicts the ids that those before it did not. So each id but the first is
 * predicted once.
 */
public record Windows(int size, int stride) {
  private static final int TOKENS_AT_ONCE = 8192; // by one forward pass

  /**
   * −log p of all ids but the first, in nats.
   *
   * @param ids at least two
   */
  public double nats(Backend model, int[] ids, Evaluator.Pulse pulse) {
    int atOnce = Math.max(1, TOKENS_AT_ONCE / size);
    int last = ids.length - 1; // positions that predict
    int windows = last <= size ? 1 : 1 + (last - size + stride - 1) / stride;
    double nats = 0;
    int done = 0;
    for (int first = 0; first < windows; first += atOnce) {
      int rows = Math.min(atOnce, windows - first);
      int time = Math.min(size, last - first * stride);
      int[] inputs = new int[rows * time];
      int[] targets = new int[rows * time];
      Arrays.fill(targets, Batch.IGNORED);
      for (int row = 0; row < rows; row++) {
        int from = (first + row) * stride;
        int count = Math.min(time, last - from);
        System.arraycopy(ids, from, inputs, row * time, count);
        for (int t = Math.max(0, done - from); t < count; t++) {
          targets[row * time + t] = ids[from + t + 1];
        }
        done = from + count;
      }
      for (double score : model.score(new Batch(inputs, targets, rows, time))) {
        nats -= score;
      }
      pulse.done(done, last);
    }
    return nats;
  }
}
