package dev.rootstock.training.backend.nd4j;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One thread's share of the work: its number and its scratch memory. A lane computes whole
 * sequences, so lanes meet only at the end of a pass.
 */
final class Lane implements AutoCloseable {
  private static final int STAGING = 4096; // floats: half of a first-level cache

  private final int index;
  private final DataType dtype;
  private final float[] staging = new float[STAGING];
  private final double[][] rows = new double[8][0];
  private final Slab[] scratch = new Slab[4];
  private Optional<Dropout> dropout = Optional.empty();

  Lane(int index, DataType dtype) {
    this.index = index;
    this.dtype = dtype;
  }

  int index() {
    return index;
  }

  /** What is left out of the adapters' inputs from here on; empty: nothing. */
  void drop(Optional<Dropout> chosen) {
    dropout = chosen;
  }

  Optional<Dropout> dropout() {
    return dropout;
  }

  /** A heap row of at least that length; its former values stay until overwritten. */
  double[] row(int slot, int length) {
    if (rows[slot].length < length) {
      rows[slot] = new double[length];
    }
    return rows[slot];
  }

  /** Off-heap memory of at least that length, of any content. */
  Slab scratch(int slot, long length) {
    if (scratch[slot] == null || scratch[slot].length() < length) {
      if (scratch[slot] != null) {
        scratch[slot].close();
      }
      scratch[slot] = new Slab(dtype, length);
    }
    return scratch[slot];
  }

  void get(Slab slab, long at, double[] to, int count) {
    slab.get(at, to, 0, count, staging);
  }

  void put(Slab slab, long at, double[] from, int count) {
    slab.put(at, from, 0, count, staging);
  }

  /** Adds to what lies there. */
  void add(Slab slab, long at, double[] values, int count) {
    double[] sum = row(rows.length - 1, count);
    get(slab, at, sum, count);
    for (int i = 0; i < count; i++) {
      sum[i] += values[i];
    }
    put(slab, at, sum, count);
  }

  @Override
  public void close() {
    for (Slab slab : scratch) {
      if (slab != null) {
        slab.close();
      }
    }
  }
}
