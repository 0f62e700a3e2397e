package dev.rootstock.training.backend.nd4j;

import dev.rootstock.training.model.DropoutMask;
import dev.rootstock.training.model.Learns;
import java.util.Optional;

/** Dropout on the inputs of adapters. */
record Dropout(DropoutMask mask) {
  static Optional<Dropout> of(Learns learns) {
    return DropoutMask.of(learns).map(Dropout::new);
  }

  Dropout from(long position) {
    return new Dropout(mask.from(position));
  }

  /**
   * Adds what stays of a matrix to another, or overwrites that.
   *
   * @param layer tells adapters apart
   */
  void keep(Lane lane, long layer, Matrix from_NI, Matrix to_NI, boolean added) {
    int width = from_NI.columns();
    double[] x = lane.row(0, width);
    for (int n = 0; n < from_NI.rows(); n++) {
      long row = mask.row(layer, n);
      lane.get(from_NI.slab(), from_NI.row(n), x, width);
      for (int i = 0; i < width; i++) {
        x[i] = mask.stays(row, i) ? x[i] / (1 - mask.share()) : 0;
      }
      if (added) {
        lane.add(to_NI.slab(), to_NI.row(n), x, width);
      } else {
        lane.put(to_NI.slab(), to_NI.row(n), x, width);
      }
    }
  }
}
