package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;

/**
 * Causal attention with grouped heads, in tiles of queries against the keys they may see: from
 * where their document begins to themselves. Probabilities are not kept: the backward pass computes
 * each tile again from its largest scores and their sums. Heads are addressed by stride within the
 * rows of q, k and v, so nothing is permuted.
 */
final class Attention {
  private final int heads;
  private final int headWidth;
  private final int group; // heads that share one head of keys
  private final int keysAt; // column of the first key
  private final int valuesAt;
  private final int tile; // queries
  private final float scale;

  Attention(ModelShape shape, Measures measures) {
    heads = shape.heads();
    headWidth = shape.headWidth();
    group = heads / shape.kvHeads();
    keysAt = shape.attention();
    valuesAt = keysAt + shape.keys();
    tile = measures.queries();
    scale = (float) (1 / Math.sqrt(headWidth));
  }

  void forward(Share share, Workspace.OfBlock block) {
    Matrix qkv = share.rows(block.qkv_NQ());
    Matrix out = share.rows(block.att_NA());
    int time = share.time();
    for (int row = 0; row < qkv.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        for (int first = 0; first < time; first += tile) {
          int queries = Math.min(tile, time - first);
          int from = share.begin(row + first);
          int keys = first + queries - from;
          Matrix s = share.space().scores_QT.part(0, queries, 0, keys);
          Matrix o = out.part(row + first, queries, head * headWidth, headWidth);
          scores(share.lane(), s, qkv, row, first, from, head);
          for (int i = 0; i < queries; i++) {
            int hidden = share.begin(row + first + i) - from;
            softmax(
                share.lane(),
                block,
                s,
                i,
                hidden,
                first - from + i + 1,
                place(share, row + first + i, head));
          }
          share.lane().times(o, 1, s, value(qkv, row + from, keys, head), 0);
          for (int i = 0; i < queries; i++) {
            float over = block.shares()[place(share, row + first + i, head)];
            Rows.scale(o.memory(), o.row(i), over, o.memory(), o.row(i), headWidth);
          }
        }
      }
    }
  }

  private void scores(Lane lane, Matrix s, Matrix qkv, int row, int first, int from, int head) {
    Matrix q = query(qkv, row + first, s.rows(), head);
    lane.timesTransposed(s, scale, q, key(qkv, row + from, s.columns(), head), 0);
  }

  /** Exponentials between zeroes; keeps their largest argument and 1 / their sum. */
  private static void softmax(
      Lane lane, Workspace.OfBlock block, Matrix s, int i, int hidden, int end, int place) {
    Object m = s.memory();
    long begin = s.row(i) + (long) hidden * Access.BYTES;
    float max = Sums.max(m, begin, end - hidden, lane.fold);
    float sum = SoftmaxRows.exponentials(m, begin, max, end - hidden, lane.fold);
    clearAround(s, i, hidden, end);
    block.peaks()[place] = max;
    block.shares()[place] = 1 / sum;
  }

  /** What stands before the first seen key, and behind the last. */
  private static void clearAround(Matrix s, int i, int hidden, int end) {
    if (hidden > 0) {
      Rows.clear(s.memory(), s.row(i), hidden);
    }
    SoftmaxRows.clear(s.memory(), s.row(i), end, s.columns());
  }

  /** A sequence's one query against its keys and values fed so far, its own included. */
  void forwardOne(Share share, Workspace.OfBlock block, int sequence, Matrix kv_TK) {
    Matrix qkv = share.rows(block.qkv_NQ());
    Matrix out = share.rows(block.att_NA()).rows(sequence, 1);
    int keys = share.past(sequence) + 1;
    Matrix s = share.space().scores_QT.part(0, 1, 0, keys);
    for (int head = 0; head < heads; head++) {
      int column = head / group * headWidth;
      share
          .lane()
          .timesTransposed(
              s, scale, query(qkv, sequence, 1, head), kv_TK.part(0, keys, column, headWidth), 0);
      softmax(share.lane(), block, s, 0, 0, keys, head);
      Matrix o = out.columns(head * headWidth, headWidth);
      Matrix v = kv_TK.part(0, keys, valuesAt - keysAt + column, headWidth);
      share.lane().times(o, block.shares()[head], s, v, 0);
    }
  }

  /**
   * Overwrites dqkv. Tiles go from the last to the first: the last sets the gradients of the keys
   * it sees anew, and those before them to zero.
   */
  void backward(Share share, Workspace.OfBlock block) {
    Matrix dqkv = share.rows(share.space().dqkv_NQ);
    int time = share.time();
    int lastTile = (time - 1) / tile * tile;
    for (int row = 0; row < dqkv.rows(); row += time) {
      for (int head = 0; head < heads; head++) {
        for (int first = lastTile; first >= 0; first -= tile) {
          int from = share.begin(row + first);
          boolean anew = first == lastTile && head % group == 0;
          if (anew) {
            clear(key(dqkv, row, from, head));
            clear(value(dqkv, row, from, head));
          }
          backward(share, block, row, head, first, anew ? 0 : 1);
        }
      }
    }
  }

  private void backward(
      Share share, Workspace.OfBlock block, int row, int head, int first, float keep) {
    Lane lane = share.lane();
    Workspace space = share.space();
    Matrix qkv = share.rows(block.qkv_NQ());
    Matrix dqkv = share.rows(space.dqkv_NQ);
    int queries = Math.min(tile, share.time() - first);
    int from = share.begin(row + first);
    int keys = first + queries - from;
    int at = row + first;
    Matrix s = space.scores_QT.part(0, queries, 0, keys);
    Matrix ds = space.dscores_QT.part(0, queries, 0, keys);
    Matrix out = share.rows(block.att_NA()).part(at, queries, head * headWidth, headWidth);
    Matrix dout = share.rows(space.datt_NA).part(at, queries, head * headWidth, headWidth);
    scores(lane, s, qkv, row, first, from, head);
    lane.timesTransposed(ds, 1, dout, value(qkv, row + from, keys, head), 0);
    for (int i = 0; i < queries; i++) {
      int hidden = share.begin(at + i) - from;
      int end = first - from + i + 1;
      long begin = (long) hidden * Access.BYTES;
      float along =
          Sums.dot(out.memory(), out.row(i), dout.memory(), dout.row(i), headWidth, lane.fold);
      SoftmaxRows.backward(
          s.memory(),
          s.row(i) + begin,
          ds.memory(),
          ds.row(i) + begin,
          block.peaks()[place(share, at + i, head)],
          block.shares()[place(share, at + i, head)],
          along,
          end - hidden);
      clearAround(s, i, hidden, end);
      clearAround(ds, i, hidden, end);
    }
    lane.transposedTimes(value(dqkv, row + from, keys, head), 1, s, dout, keep);
    lane.times(query(dqkv, at, queries, head), scale, ds, key(qkv, row + from, keys, head), 0);
    lane.transposedTimes(
        key(dqkv, row + from, keys, head), scale, ds, query(qkv, at, queries, head), keep);
  }

  private static void clear(Matrix rows) {
    for (int i = 0; i < rows.rows(); i++) {
      Rows.clear(rows.memory(), rows.row(i), rows.columns());
    }
  }

  private int place(Share share, int n, int head) {
    return (share.at() + n) * heads + head;
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
