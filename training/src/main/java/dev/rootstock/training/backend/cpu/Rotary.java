package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.RotaryFrequencies;

/**
 * Rotary positions (Su et al., 2021) on queries and keys, in place; element i turns with i + W/2,
 * as in Hugging Face.
 */
final class Rotary implements AutoCloseable {
  private final int headWidth;
  private final int heads; // of queries and keys
  private final Matrix cos_TP; // P = W/2 pairs
  private final Matrix sin_TP;

  Rotary(ModelShape shape) {
    headWidth = shape.headWidth();
    heads = shape.heads() + shape.kvHeads();
    int pairs = headWidth / 2;
    cos_TP = Matrix.of(new Slab((long) shape.context() * pairs), shape.context(), pairs);
    sin_TP = Matrix.of(new Slab((long) shape.context() * pairs), shape.context(), pairs);
    double[] frequencies = RotaryFrequencies.of(shape);
    for (int t = 0; t < shape.context(); t++) {
      for (int i = 0; i < pairs; i++) {
        double angle = t * frequencies[i];
        long at = (long) i * Access.BYTES;
        Access.HERE.put(cos_TP.memory(), cos_TP.row(t) + at, (float) StrictMath.cos(angle));
        Access.HERE.put(sin_TP.memory(), sin_TP.row(t) + at, (float) StrictMath.sin(angle));
      }
    }
  }

  /** Bytes of both tables. */
  static long bytes(ModelShape shape) {
    return 2 * Slab.taken((long) shape.context() * shape.headWidth() / 2);
  }

  /**
   * @param direction 1, or −1 for the gradients
   */
  void turn(Share share, Matrix qkv_NQ, float direction) {
    int pairs = headWidth / 2;
    for (int n = 0; n < qkv_NQ.rows(); n++) {
      int position = share.position(n);
      long cos = cos_TP.row(position);
      long sin = sin_TP.row(position);
      for (int head = 0; head < heads; head++) {
        long low = qkv_NQ.row(n) + (long) head * headWidth * Access.BYTES;
        long high = low + (long) pairs * Access.BYTES;
        Turns.head(
            qkv_NQ.memory(),
            low,
            high,
            cos_TP.memory(),
            cos,
            sin_TP.memory(),
            sin,
            direction,
            pairs);
      }
    }
  }

  @Override
  public void close() {
    cos_TP.slab().close();
    sin_TP.slab().close();
  }
}
