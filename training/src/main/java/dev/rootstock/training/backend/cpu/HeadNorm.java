package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;

/**
 * RMSNorm over each head of queries and of keys, in place, in front of their rotation; all heads of
 * a kind share one weight.
 */
final class HeadNorm {
  private final Parameters.Tensor query_W;
  private final Parameters.Tensor key_W;
  private final int headWidth;
  private final int queries; // heads
  private final int heads; // of queries and of keys
  private final double epsilon;

  /**
   * @param at prefix of the block's tensors
   */
  HeadNorm(Parameters parameters, ModelShape shape, String at) {
    query_W = parameters.tensor(at + "self_attn.q_norm.weight");
    key_W = parameters.tensor(at + "self_attn.k_norm.weight");
    headWidth = shape.headWidth();
    queries = shape.heads();
    heads = queries + shape.kvHeads();
    epsilon = shape.normEpsilon();
  }

  /**
   * @param raw_NP gets queries and keys as they were, for the backward pass; null: none follows
   */
  void forward(Lane lane, Matrix qkv_NQ, Matrix raw_NP) {
    Object m = qkv_NQ.memory();
    for (int n = 0; n < qkv_NQ.rows(); n++) {
      if (raw_NP != null) {
        Rows.copy(m, qkv_NQ.row(n), raw_NP.memory(), raw_NP.row(n), raw_NP.columns());
      }
      for (int head = 0; head < heads; head++) {
        long x = place(qkv_NQ, n, head);
        Matrix weight = tensor(head).weight();
        float scale = Norm.scale(lane, m, x, headWidth, epsilon);
        NormRows.scaled(m, x, scale, weight.memory(), weight.row(0), m, x, headWidth);
      }
    }
  }

  /**
   * Turns the gradients of normed queries and keys into those of raw ones; adds to the weights'.
   */
  void backward(Pass pass, Matrix raw_NP, Matrix dqkv_NQ) {
    Lane lane = pass.lane();
    Matrix rows = Matrix.of(lane.scratch(0, 3L * headWidth), 3, headWidth);
    Object rm = rows.memory();
    Rows.clear(rm, rows.row(0), 2 * headWidth);
    for (int n = 0; n < dqkv_NQ.rows(); n++) {
      for (int head = 0; head < heads; head++) {
        Matrix weight = tensor(head).weight();
        Object m = raw_NP.memory();
        long x = place(raw_NP, n, head);
        Object dm = dqkv_NQ.memory();
        long dy = place(dqkv_NQ, n, head);
        float scale = Norm.scale(lane, m, x, headWidth, epsilon);
        float along =
            NormRows.along(m, x, 0, weight.memory(), weight.row(0), dm, dy, headWidth, lane.fold);
        long dx = rows.row(2);
        Rows.clear(rm, dx, headWidth);
        NormRows.backward(
            m,
            x,
            0,
            scale,
            0,
            along * scale / headWidth,
            weight.memory(),
            weight.row(0),
            dm,
            dy,
            rm,
            dx,
            rm,
            rows.row(head < queries ? 0 : 1),
            headWidth);
        Rows.copy(rm, dx, dm, dy, headWidth);
      }
    }
    if (query_W.trained()) {
      add(rows.rows(0, 1), query_W.gradient(lane.index()));
    }
    if (key_W.trained()) {
      add(rows.rows(1, 1), key_W.gradient(lane.index()));
    }
  }

  private void add(Matrix row, Matrix sum) {
    Rows.add(
        sum.memory(), sum.row(0), row.memory(), row.row(0), sum.memory(), sum.row(0), headWidth);
  }

  private Parameters.Tensor tensor(int head) {
    return head < queries ? query_W : key_W;
  }

  private long place(Matrix of, int n, int head) {
    return of.row(n) + (long) head * headWidth * Access.BYTES;
  }
}
