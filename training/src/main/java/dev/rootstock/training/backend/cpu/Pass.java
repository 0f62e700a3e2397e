package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.DropoutMask;
import java.util.List;

/**
 * One lane's way through the model with a chunk of whole sequences, all of one job.
 *
 * @param from place of the chunk's first token in the batch
 * @param n tokens of the chunk
 * @param past tokens of the one sequence that were fed before; their keys and values lie in the
 *     caches
 * @param caches a block each; empty: nothing is kept
 * @param job whose adapters and targets these sequences have; null: the base alone
 * @param dropout of the job's adapters; null: none
 */
record Pass(
    Lane lane,
    Workspace space,
    Batch batch,
    int from,
    int n,
    int past,
    List<Matrix> caches,
    Adapters job,
    DropoutMask dropout) {

  int time() {
    return batch.time();
  }

  /** The place in its sequence from which on a token of the chunk sees. */
  int begin(int token) {
    return batch.begins()[from + token];
  }

  int position(int token) {
    return past + token % time() - begin(token);
  }

  Matrix rows(Matrix whole) {
    return whole.rows(0, n);
  }
}
