package dev.rootstock.training.bench;

import java.util.List;

/** What a timed training reads. A pure function of the order. */
interface BenchRows {
  /**
   * A row of the endless sequence.
   *
   * @return context + 1 ids
   */
  int[] row(long number);

  /** Rows of held-out text, {@link dev.rootstock.training.backend.Batch#IGNORED} after its end. */
  List<int[]> heldOut();

  /** UTF-8 bytes of the held-out text; 0 if none is. */
  long heldOutBytes();
}
