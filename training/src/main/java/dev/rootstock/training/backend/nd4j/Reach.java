package dev.rootstock.training.backend.nd4j;

import dev.rootstock.training.backend.Batch;

/**
 * What the rows of a chunk see: their sequence from a place on, from which positions are counted.
 *
 * @param begins of a whole batch; empty: from the first on
 * @param from place of the chunk's first row in it
 */
record Reach(int[] begins, int from) {
  static final Reach WHOLE = new Reach(new int[0], 0);

  static Reach of(Batch batch, int from) {
    return new Reach(batch.begins(), from);
  }

  /** The place in its sequence from which on a row of the chunk sees. */
  int begin(int n) {
    return begins.length == 0 ? 0 : begins[from + n];
  }

  int position(int n, int time) {
    return n % time - begin(n);
  }
}
