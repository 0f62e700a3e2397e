package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.DropoutMask;
import java.util.List;

/**
 * Whole sequences of a chunk, all of one job.
 *
 * @param at place of its first row in the chunk
 * @param from place of its first token in the batch
 * @param n tokens
 * @param past tokens of the one sequence that were fed before; their keys and values lie in the
 *     caches
 * @param caches a block each; empty: nothing is kept
 * @param job whose adapters and targets these sequences have; null: the base alone
 * @param part which of the job's gradients they add to
 * @param dropout of the job's adapters; null: none
 */
record Share(
    Lane lane,
    Workspace space,
    Batch batch,
    int at,
    int from,
    int n,
    int past,
    List<Matrix> caches,
    Adapters job,
    int part,
    DropoutMask dropout) {

  int time() {
    return batch.time();
  }

  /** The place in its sequence from which on a token sees. */
  int begin(int token) {
    return batch.begins()[from + token];
  }

  int position(int token) {
    return past + token % time() - begin(token);
  }

  /** Its own of a chunk's rows. */
  Matrix rows(Matrix chunk) {
    return chunk.rows(at, n);
  }

  /** Its own rows, dense, of memory that has room for the same number of columns of all jobs. */
  Matrix dense(Matrix chunk, int columns) {
    return Matrix.of(chunk.slab(), (long) at * chunk.columns(), n, columns);
  }
}
