package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.Arrays;

/**
 * Causal attention with grouped heads, in tiles of queries against the keys they may see: from
 * where their document begins to themselves. Heads are addressed by stride within the rows of q, k
 * and v, so nothing is permuted.
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
   * @param p_BHTT the probabilities, kept for the backward pass; only what a tile touches is set
   */
  void forward(Lane lane, Matrix qkv_NQ, Slab p_BHTT, Matrix out_NA, int time, Reach reach) {
    for (int row = 0; row < qkv_NQ.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        Matrix p_TT = probabilities(p_BHTT, row, head, time);
        for (int first = 0; first < time; first += TILE) {
          int queries = Math.min(TILE, time - first);
          int from = reach.begin(row + first);
          int keys = first + queries - from;
          Matrix p = p_TT.part(first, queries, from, keys);
          p.product(
              scale,
              query(qkv_NQ, row + first, queries, head),
              key(qkv_NQ, row + from, keys, head).t(),
              0);
          softmax(lane, p, first - from, reach, row + first);
          out_NA
              .part(row + first, queries, head * headWidth, headWidth)
              .product(1, p, value(qkv_NQ, row + from, keys, head), 0);
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
      p_1T.product(scale, query(qkv_1Q, 0, 1, head), kv_TK.part(0, keys, column, headWidth).t(), 0);
      softmax(lane, p_1T, position, Reach.WHOLE, 0);
      out_1A
          .columns(head * headWidth, headWidth)
          .product(1, p_1T, kv_TK.part(0, keys, valuesAt - keysAt + column, headWidth), 0);
    }
  }

  /**
   * Overwrites dqkv. Tiles go from the last to the first: the last sets the gradients of the keys
   * it sees anew, and those before them to zero.
   */
  void backward(
      Lane lane,
      Matrix qkv_NQ,
      Slab p_BHTT,
      Matrix dout_NA,
      Matrix dqkv_NQ,
      int time,
      Reach reach) {
    Slab scratch = lane.scratch(2, (long) TILE * time);
    int lastTile = (time - 1) / TILE * TILE;
    for (int row = 0; row < qkv_NQ.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        Matrix p_TT = probabilities(p_BHTT, row, head, time);
        for (int first = lastTile; first >= 0; first -= TILE) {
          int queries = Math.min(TILE, time - first);
          int from = reach.begin(row + first);
          int keys = first + queries - from;
          double keep = first == lastTile && head % group == 0 ? 0 : 1;
          if (keep == 0) {
            clear(lane, key(dqkv_NQ, row, from, head));
            clear(lane, value(dqkv_NQ, row, from, head));
          }
          Matrix p = p_TT.part(first, queries, from, keys);
          Matrix dp = Matrix.of(scratch, queries, keys);
          Matrix dout = dout_NA.part(row + first, queries, head * headWidth, headWidth);
          value(dqkv_NQ, row + from, keys, head).product(1, p.t(), dout, keep);
          dp.product(1, dout, value(qkv_NQ, row + from, keys, head).t(), 0);
          softmaxBackward(lane, p, dp, first - from, reach, row + first);
          query(dqkv_NQ, row + first, queries, head)
              .product(scale, dp, key(qkv_NQ, row + from, keys, head), 0);
          key(dqkv_NQ, row + from, keys, head)
              .product(scale, dp.t(), query(qkv_NQ, row + first, queries, head), keep);
        }
      }
    }
  }

  private static void clear(Lane lane, Matrix rows) {
    double[] zeroes = lane.row(0, rows.columns());
    Arrays.fill(zeroes, 0, rows.columns(), 0);
    for (int i = 0; i < rows.rows(); i++) {
      lane.put(rows.slab(), rows.row(i), zeroes, rows.columns());
    }
  }

  /**
   * @param diagonal column of the first query's own key
   * @param n number of the first query's row in the chunk
   */
  private static void softmax(Lane lane, Matrix p, int diagonal, Reach reach, int n) {
    int keys = p.columns();
    double[] x = lane.row(0, keys);
    double[] spare = lane.row(1, keys);
    for (int i = 0; i < p.rows(); i++) {
      int hidden = reach.begin(n + i) - reach.begin(n);
      int seen = diagonal + i + 1 - hidden;
      lane.get(p.slab(), p.row(i) + hidden, x, seen);
      Arithmetic.exp(x, Arithmetic.max(x, seen), seen, spare);
      double share = 1 / Arithmetic.sum(x, seen);
      for (int j = 0; j < seen; j++) {
        x[j] *= share;
      }
      putBetweenZeroes(lane, p, i, x, hidden, seen);
    }
  }

  /** {@code ds = p ∘ (dp − Σ p ∘ dp)}, in place of dp; zero where p is. */
  private static void softmaxBackward(
      Lane lane, Matrix p, Matrix dp, int diagonal, Reach reach, int n) {
    int keys = p.columns();
    double[] x = lane.row(0, keys);
    double[] dx = lane.row(1, keys);
    for (int i = 0; i < p.rows(); i++) {
      int hidden = reach.begin(n + i) - reach.begin(n);
      int seen = diagonal + i + 1 - hidden;
      lane.get(p.slab(), p.row(i) + hidden, x, seen);
      lane.get(dp.slab(), dp.row(i) + hidden, dx, seen);
      double along = Arithmetic.dot(x, dx, seen);
      for (int j = 0; j < seen; j++) {
        dx[j] = x[j] * (dx[j] - along);
      }
      putBetweenZeroes(lane, dp, i, dx, hidden, seen);
    }
  }

  private static void putBetweenZeroes(
      Lane lane, Matrix to, int row, double[] x, int hidden, int seen) {
    Arrays.fill(x, seen, to.columns() - hidden, 0);
    lane.put(to.slab(), to.row(row) + hidden, x, to.columns() - hidden);
    if (hidden > 0) {
      Arrays.fill(x, 0, hidden, 0);
      lane.put(to.slab(), to.row(row), x, hidden);
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
