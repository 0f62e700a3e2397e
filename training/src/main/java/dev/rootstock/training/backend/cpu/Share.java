package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.DropoutMask;
import java.util.List;

/**
 * Whole sequences of a chunk, all of one job; of texts that were fed before, the next token of
 * each.
 *
 * @param at place of its first row in the chunk
 * @param from place of its first token in the batch
 * @param n tokens
 * @param fed what of each sequence was fed before, all of them nothing or all something; gets keys
 *     and values of these tokens. Empty: nothing was, and nothing is kept
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
    List<Fed> fed,
    Adapters job,
    int part,
    DropoutMask dropout) {

  /** Of texts that are written: the same number of ids of each, the first's before the next's. */
  static Share of(Lane lane, Workspace space, int[] ids, List<Fed> fed, Adapters job) {
    Batch batch = new Batch(ids, new int[ids.length], fed.size(), ids.length / fed.size());
    return new Share(lane, space, batch, 0, 0, ids.length, fed, job, lane.index(), null);
  }

  int time() {
    return batch.time();
  }

  /** The place in its sequence from which on a token sees. */
  int begin(int token) {
    return batch.begins()[from + token];
  }

  /** Tokens of a sequence that were fed before. */
  int past(int sequence) {
    return fed.isEmpty() ? 0 : fed.get(sequence).ids();
  }

  int position(int token) {
    return past(token / time()) + token % time() - begin(token);
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
