package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.RotaryFrequencies;
import java.util.function.IntUnaryOperator;

/**
 * Rotary positions (Su et al., 2021) on queries and keys, in place; element i turns with i + W/2,
 * as in Hugging Face.
 */
final class Rotary {
  private final int headWidth;
  private final int turned; // columns of queries and keys
  private final double[] cos_TP; // P = W/2 pairs
  private final double[] sin_TP;

  Rotary(ModelShape shape) {
    headWidth = shape.headWidth();
    turned = (shape.heads() + shape.kvHeads()) * headWidth;
    int pairs = headWidth / 2;
    cos_TP = new double[shape.context() * pairs];
    sin_TP = new double[shape.context() * pairs];
    double[] frequencies = RotaryFrequencies.of(shape);
    for (int t = 0; t < shape.context(); t++) {
      for (int i = 0; i < pairs; i++) {
        double angle = t * frequencies[i];
        cos_TP[t * pairs + i] = StrictMath.cos(angle);
        sin_TP[t * pairs + i] = StrictMath.sin(angle);
      }
    }
  }

  /**
   * @param positions by row
   */
  void forward(Lane lane, Matrix qkv_NQ, IntUnaryOperator positions) {
    turn(lane, qkv_NQ, positions, 1);
  }

  void backward(Lane lane, Matrix dqkv_NQ, IntUnaryOperator positions) {
    turn(lane, dqkv_NQ, positions, -1);
  }

  private void turn(Lane lane, Matrix qkv_NQ, IntUnaryOperator positions, double direction) {
    int pairs = headWidth / 2;
    double[] x = lane.row(0, turned);
    for (int n = 0; n < qkv_NQ.rows(); n++) {
      lane.get(qkv_NQ.slab(), qkv_NQ.row(n), x, turned);
      int angles = positions.applyAsInt(n) * pairs;
      for (int head = 0; head < turned; head += headWidth) {
        turnHead(x, head, pairs, angles, direction);
      }
      lane.put(qkv_NQ.slab(), qkv_NQ.row(n), x, turned);
    }
  }

  private void turnHead(double[] x, int at, int pairs, int angles, double direction) {
    for (int i = 0; i < pairs; i++) {
      double cos = cos_TP[angles + i];
      double sin = direction * sin_TP[angles + i];
      double low = x[at + i];
      double high = x[at + pairs + i];
      x[at + i] = low * cos - high * sin;
      x[at + pairs + i] = high * cos + low * sin;
    }
  }
}
