package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.Arrays;

/**
 * Causal attention with grouped heads, in tiles of queries against the keys they may see. Heads are
 * addressed by stride within the rows of q, k and v, so nothing is permuted.
 */
final class Attention {
  static final int TILE = 64; // queries

  private final int heads;
  private final int headWidth;
  private final int group; // heads that share one head of keys
  private final int keysAt; // column of the first key
  private final int valuesAt;
  private final double scale;

  Attention(ModelShape shape) {
    heads = shape.heads();
    headWidth = shape.headWidth();
    group = heads / shape.kvHeads();
    keysAt = heads * headWidth;
    valuesAt = keysAt + shape.kvHeads() * headWidth;
    scale = 1 / Math.sqrt(headWidth);
  }

  /**
   * @param p_BHTT the probabilities, kept for the backward pass; above the diagonal only what a
   *     tile touches is set
   */
  void forward(Lane lane, Matrix qkv_NQ, Slab p_BHTT, Matrix out_NA, int time) {
    for (int row = 0; row < qkv_NQ.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        Matrix p_TT = probabilities(p_BHTT, row, head, time);
        for (int first = 0; first < time; first += TILE) {
          int queries = Math.min(TILE, time - first);
          int keys = first + queries;
          attend(
              lane,
              query(qkv_NQ, row + first, queries, head),
              key(qkv_NQ, row, keys, head),
              value(qkv_NQ, row, keys, head),
              p_TT.part(first, queries, 0, keys),
              out_NA.part(row + first, queries, head * headWidth, headWidth),
              first);
        }
      }
    }
  }

  /**
   * One query of one sequence against the keys and values fed so far, {@code kv_TK} with its own
   * row included.
   */
  void forwardOne(Lane lane, Matrix qkv_1Q, Matrix kv_TK, Matrix out_1A, int position) {
    int keys = position + 1;
    Matrix p_1T = Matrix.of(lane.scratch(2, keys), 1, keys);
    for (int head = 0; head < heads; head++) {
      int column = head / group * headWidth;
      attend(
          lane,
          query(qkv_1Q, 0, 1, head),
          kv_TK.part(0, keys, column, headWidth),
          kv_TK.part(0, keys, valuesAt - keysAt + column, headWidth),
          p_1T,
          out_1A.columns(head * headWidth, headWidth),
          position);
    }
  }

  private void attend(Lane lane, Matrix q, Matrix k, Matrix v, Matrix p, Matrix out, int first) {
    p.product(scale, q, k.t(), 0);
    softmax(lane, p, first);
    out.product(1, p, v, 0);
  }

  /**
   * Overwrites dqkv. Tiles go from the last to the first: the last sees all keys and so sets their
   * gradients anew.
   */
  void backward(Lane lane, Matrix qkv_NQ, Slab p_BHTT, Matrix dout_NA, Matrix dqkv_NQ, int time) {
    Slab scratch = lane.scratch(2, (long) TILE * time);
    int lastTile = (time - 1) / TILE * TILE;
    for (int row = 0; row < qkv_NQ.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        Matrix p_TT = probabilities(p_BHTT, row, head, time);
        for (int first = lastTile; first >= 0; first -= TILE) {
          int queries = Math.min(TILE, time - first);
          int keys = first + queries;
          double keep = first == lastTile && head % group == 0 ? 0 : 1;
          Matrix p = p_TT.part(first, queries, 0, keys);
          Matrix dp = Matrix.of(scratch, queries, keys);
          Matrix dout = dout_NA.part(row + first, queries, head * headWidth, headWidth);
          value(dqkv_NQ, row, keys, head).product(1, p.t(), dout, keep);
          dp.product(1, dout, value(qkv_NQ, row, keys, head).t(), 0);
          softmaxBackward(lane, p, dp, first);
          query(dqkv_NQ, row + first, queries, head)
              .product(scale, dp, key(qkv_NQ, row, keys, head), 0);
          key(dqkv_NQ, row, keys, head)
              .product(scale, dp.t(), query(qkv_NQ, row + first, queries, head), keep);
        }
      }
    }
  }

  private static void softmax(Lane lane, Matrix p, int first) {
    int keys = p.columns();
    double[] x = lane.row(0, keys);
    double[] spare = lane.row(1, keys);
    for (int i = 0; i < p.rows(); i++) {
      int seen = first + i + 1;
      lane.get(p.slab(), p.row(i), x, seen);
      Arithmetic.exp(x, Arithmetic.max(x, seen), seen, spare);
      double share = 1 / Arithmetic.sum(x, seen);
      for (int j = 0; j < seen; j++) {
        x[j] *= share;
      }
      Arrays.fill(x, seen, keys, 0);
      lane.put(p.slab(), p.row(i), x, keys);
    }
  }

  /** {@code ds = p ∘ (dp − Σ p ∘ dp)}, in place of dp; zero above the diagonal, where p is. */
  private static void softmaxBackward(Lane lane, Matrix p, Matrix dp, int first) {
    int keys = p.columns();
    double[] x = lane.row(0, keys);
    double[] dx = lane.row(1, keys);
    for (int i = 0; i < p.rows(); i++) {
      int seen = first + i + 1;
      lane.get(p.slab(), p.row(i), x, seen);
      lane.get(dp.slab(), dp.row(i), dx, seen);
      double along = Arithmetic.dot(x, dx, seen);
      for (int j = 0; j < seen; j++) {
        dx[j] = x[j] * (dx[j] - along);
      }
      Arrays.fill(dx, seen, keys, 0);
      lane.put(dp.slab(), dp.row(i), dx, keys);
    }
  }

  private Matrix probabilities(Slab p_BHTT, int row, int head, int time) {
    return Matrix.of(p_BHTT, ((long) row / time * heads + head) * time * time, time, time);
  }

  private Matrix query(Matrix qkv_NQ, int row, int count, int head) {
    return qkv_NQ.part(row, count, head * headWidth, headWidth);
  }

  private Matrix key(Matrix qkv_NQ, int row, int count, int head) {
    return qkv_NQ.part(row, count, keysAt + head / group * headWidth, headWidth);
  }

  private Matrix value(Matrix qkv_NQ, int row, int count, int head) {
    return qkv_NQ.part(row, count, valuesAt + head / group * headWidth, headWidth);
  }
}
