package dev.rootstock.training.data;

import dev.rootstock.training.backend.Batch;
import java.util.Arrays;

/**
 * A row of a token shard; FORMATS.md, section 5, tells what its parts mean.
 *
 * @param tokens one more than it predicts
 * @param starts offsets at which a document begins
 * @param resumes offsets at which a cut document goes on; the token there is not predicted
 * @param length tokens that are no filling
 */
record TokenRow(int[] tokens, int[] starts, int[] resumes, int length) {

  /** Writes what each position predicts. */
  void targets(int[] to, int at) {
    for (int t = 0; t + 1 < tokens.length; t++) {
      to[at + t] = t + 1 < length ? tokens[t + 1] : Batch.IGNORED;
    }
    for (int resume : resumes) {
      to[at + resume - 1] = Batch.IGNORED;
    }
  }

  /**
   * Writes where the document of each position begins: at the end of text before it, from which its
   * first token is predicted, or where the row or a cut document goes on.
   */
  void begins(int[] to, int at) {
    int time = tokens.length - 1;
    Arrays.fill(to, at, at + time, 0);
    for (int start : starts) {
      to[at + Math.max(0, start - 1)] = Math.max(0, start - 1);
    }
    for (int resume : resumes) {
      to[at + Math.min(resume, time - 1)] = Math.min(resume, time - 1);
    }
    for (int t = 1; t < time; t++) {
      to[at + t] = Math.max(to[at + t], to[at + t - 1]);
    }
  }
}
