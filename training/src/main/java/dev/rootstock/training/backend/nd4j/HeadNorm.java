package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.Arrays;

/**
 * RMSNorm over each head of queries and of keys, in place, in front of their rotation; all heads of
 * a kind share one weight.
 */
final class HeadNorm {
  private final Parameters.Tensor query_W;
  private final Parameters.Tensor key_W;
  private final int headWidth;
  private final int keysAt; // column of the first key
  private final int normed; // columns of queries and keys
  private final double epsilon;

  /**
   * @param at prefix of the block's tensors
   */
  HeadNorm(Parameters parameters, ModelShape shape, String at) {
    query_W = parameters.tensor(at + "self_attn.q_norm.weight");
    key_W = parameters.tensor(at + "self_attn.k_norm.weight");
    headWidth = shape.headWidth();
    keysAt = shape.attention();
    normed = keysAt + shape.keys();
    epsilon = shape.normEpsilon();
  }

  /**
   * @param raw_NP gets queries and keys as they were, for the backward pass; null: none follows
   */
  void forward(Lane lane, Matrix qkv_NQ, Matrix raw_NP) {
    double[] x = lane.row(0, normed);
    double[] query = weight(lane, query_W, 1);
    double[] key = weight(lane, key_W, 2);
    double[] head = lane.row(3, headWidth);
    for (int n = 0; n < qkv_NQ.rows(); n++) {
      lane.get(qkv_NQ.slab(), qkv_NQ.row(n), x, normed);
      if (raw_NP != null) {
        lane.put(raw_NP.slab(), raw_NP.row(n), x, normed);
      }
      for (int at = 0; at < normed; at += headWidth) {
        double[] weight = at < keysAt ? query : key;
        normalize(x, at, head);
        for (int i = 0; i < headWidth; i++) {
          x[at + i] = head[i] * weight[i];
        }
      }
      lane.put(qkv_NQ.slab(), qkv_NQ.row(n), x, normed);
    }
  }

  /**
   * Turns the gradients of normed queries and keys into those of raw ones; adds to the weights'.
   */
  void backward(Lane lane, Matrix raw_NP, Matrix dqkv_NQ) {
    double[] x = lane.row(0, normed);
    double[] query = weight(lane, query_W, 1);
    double[] key = weight(lane, key_W, 2);
    double[] head = lane.row(3, headWidth);
    double[] dx = lane.row(4, normed);
    double[] dQuery = lane.row(5, headWidth);
    double[] dKey = lane.row(6, headWidth);
    Arrays.fill(dQuery, 0, headWidth, 0);
    Arrays.fill(dKey, 0, headWidth, 0);
    for (int n = 0; n < dqkv_NQ.rows(); n++) {
      lane.get(raw_NP.slab(), raw_NP.row(n), x, normed);
      lane.get(dqkv_NQ.slab(), dqkv_NQ.row(n), dx, normed);
      for (int at = 0; at < normed; at += headWidth) {
        boolean ofQuery = at < keysAt;
        double scale = normalize(x, at, head);
        backward(head, scale, dx, at, ofQuery ? query : key, ofQuery ? dQuery : dKey);
      }
      lane.put(dqkv_NQ.slab(), dqkv_NQ.row(n), dx, normed);
    }
    if (query_W.trained()) {
      add(lane, query_W, dQuery);
      add(lane, key_W, dKey);
    }
  }

  private void backward(
      double[] head, double scale, double[] dx, int at, double[] weight, double[] dWeight) {
    double along = 0;
    for (int i = 0; i < headWidth; i++) {
      dWeight[i] += dx[at + i] * head[i];
      dx[at + i] *= weight[i];
      along += dx[at + i] * head[i];
    }
    along /= headWidth;
    for (int i = 0; i < headWidth; i++) {
      dx[at + i] = scale * (dx[at + i] - head[i] * along);
    }
  }

  /** Sets {@code head} to a head of x, scaled to a mean square of 1; returns the scale. */
  private double normalize(double[] x, int at, double[] head) {
    System.arraycopy(x, at, head, 0, headWidth);
    double scale = 1 / Math.sqrt(Arithmetic.dot(head, head, headWidth) / headWidth + epsilon);
    for (int i = 0; i < headWidth; i++) {
      head[i] *= scale;
    }
    return scale;
  }

  private double[] weight(Lane lane, Parameters.Tensor tensor, int slot) {
    double[] weight = lane.row(slot, headWidth);
    lane.get(tensor.group().weights, tensor.at(), weight, headWidth);
    return weight;
  }

  private void add(Lane lane, Parameters.Tensor tensor, double[] sum) {
    Matrix gradient = tensor.gradient(lane);
    lane.add(gradient.slab(), gradient.at(), sum, headWidth);
  }
}
