package dev.rootstock.training.backend.nd4j;

import dev.rootstock.training.model.Learns;
import java.util.Optional;

/**
 * Which inputs of adapters are left out: a pure function of seed, layer, position and column, so
 * that threads and chunks change nothing. What stays is scaled up.
 *
 * @param share left out
 * @param first position, counted over the whole training, of a chunk's first row
 */
record Dropout(double share, long seed, long first) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  static Optional<Dropout> of(Learns learns) {
    return learns
        .adapter()
        .flatMap(lora -> lora.dropout())
        .map(p -> new Dropout(p, learns.seed(), 0));
  }

  Dropout from(long position) {
    return new Dropout(share, seed, position);
  }

  /**
   * Adds what stays of a matrix to another, or overwrites that.
   *
   * @param layer tells adapters apart
   */
  void keep(Lane lane, long layer, Matrix from_NI, Matrix to_NI, boolean added) {
    int width = from_NI.columns();
    double[] x = lane.row(0, width);
    long key = mix(seed * GOLDEN + layer);
    for (int n = 0; n < from_NI.rows(); n++) {
      long row = mix(key + (first + n) * GOLDEN);
      lane.get(from_NI.slab(), from_NI.row(n), x, width);
      for (int i = 0; i < width; i++) {
        boolean stays = (mix(row + i * GOLDEN) >>> 11) * 0x1.0p-53 >= share;
        x[i] = stays ? x[i] / (1 - share) : 0;
      }
      if (added) {
        lane.add(to_NI.slab(), to_NI.row(n), x, width);
      } else {
        lane.put(to_NI.slab(), to_NI.row(n), x, width);
      }
    }
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
