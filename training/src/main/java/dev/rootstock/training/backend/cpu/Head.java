package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;

/**
 * Logits and their cross-entropy, in tiles of rows: logits of a whole chunk are never stored. Rows
 * that predict nothing are left out of the products.
 */
final class Head {
  private final Parameters.Tensor weight_VD;
  private final int tile;

  Head(Parameters.Tensor weight_VD, Measures measures) {
    this.weight_VD = weight_VD;
    tile = measures.tile();
  }

  /** Logits of any few rows. */
  void logits(Lane lane, Matrix h_ND, Matrix logits_NV) {
    lane.timesTransposed(logits_NV, 1, h_ND, weight_VD.weight(), 0);
  }

  /**
   * Log-probabilities of the targets, and the loss's gradients, which overwrite the hidden states.
   *
   * @param scale of the loss; 0: no gradient
   * @param scores by target, set where one is given; may be null
   * @return sum of the losses, in nats
   */
  double crossEntropy(Share share, Matrix h_ND, double scale, double[] scores) {
    int[] targets = share.batch().targets();
    double loss = 0;
    int[] picked = new int[Math.min(tile, h_ND.rows())];
    int next = 0;
    while (next < h_ND.rows()) {
      int count = 0;
      for (; next < h_ND.rows() && count < picked.length; next++) {
        if (targets[share.from() + next] != Batch.IGNORED) {
          picked[count++] = next;
        } else if (scale != 0) {
          Rows.clear(h_ND.memory(), h_ND.row(next), h_ND.columns());
        }
      }
      if (count > 0) {
        loss += tile(share, h_ND, scale, scores, picked, count);
      }
    }
    return loss;
  }

  private double tile(
      Share share, Matrix h_ND, double scale, double[] scores, int[] picked, int count) {
    int width = h_ND.columns();
    Matrix h_ED = share.space().hidden_ED.rows(0, count);
    Matrix e_EV = share.space().logits_EV.rows(0, count);
    for (int e = 0; e < count; e++) {
      Rows.copy(h_ND.memory(), h_ND.row(picked[e]), h_ED.memory(), h_ED.row(e), width);
    }
    logits(share.lane(), h_ED, e_EV);
    float[] shares = new float[count];
    double loss = 0;
    for (int e = 0; e < count; e++) {
      int n = share.from() + picked[e];
      double score = row(share.lane(), e_EV, e, target(share.batch(), n), scale, shares);
      loss -= score;
      if (scores != null) {
        scores[n] = score;
      }
    }
    if (scale != 0) {
      gradients(share, h_ND, h_ED, e_EV, picked, shares);
    }
    return loss;
  }

  /** The factor of each row of the logits' gradient is put on the narrow side of both products. */
  private void gradients(
      Share share, Matrix h_ND, Matrix h_ED, Matrix e_EV, int[] picked, float[] shares) {
    Lane lane = share.lane();
    int width = h_ND.columns();
    if (weight_VD.trained()) {
      for (int e = 0; e < shares.length; e++) {
        Rows.scale(h_ED.memory(), h_ED.row(e), shares[e], h_ED.memory(), h_ED.row(e), width);
      }
      lane.transposedTimes(weight_VD.gradient(share.part()), 1, e_EV, h_ED, 1);
    }
    lane.times(h_ED, 1, e_EV, weight_VD.weight(), 0);
    for (int e = 0; e < shares.length; e++) {
      Rows.scale(h_ED.memory(), h_ED.row(e), shares[e], h_ND.memory(), h_ND.row(picked[e]), width);
    }
  }

  /**
   * The target's log-probability; the row becomes its gradient over {@code shares[e]} unless scale
   * is 0: exponentials, less their sum at the target.
   */
  private static double row(
      Lane lane, Matrix e_EV, int e, int target, double scale, float[] shares) {
    Object m = e_EV.memory();
    long row = e_EV.row(e);
    long wanted = row + (long) target * Access.BYTES;
    float max = Sums.max(m, row, e_EV.columns(), lane.fold);
    double logit = Access.HERE.get(m, wanted) - (double) max;
    double sum = exponentials(lane, m, row, max, e_EV.columns());
    if (scale != 0) {
      Access.HERE.put(m, wanted, (float) (Access.HERE.get(m, wanted) - sum));
      shares[e] = (float) (scale / sum);
    }
    return logit - StrictMath.log(sum);
  }

  private static double exponentials(Lane lane, Object m, long row, float max, int count) {
    int part = 4096; // elements, a multiple of every vector; parts are added in double
    double sum = 0;
    for (int i = 0; i < count; i += part) {
      long at = row + (long) i * Access.BYTES;
      int many = Math.min(part, count - i);
      sum += SoftmaxRows.exponentialsWithin(m, at, max, many, lane.fold);
    }
    return sum;
  }

  private int target(Batch batch, int n) {
    int target = batch.targets()[n];
    if (target < 0 || target >= weight_VD.rows()) {
      throw new IllegalArgumentException(
          "targets["
              + n
              + "] is "
              + target
              + "; it must be below the vocabulary ("
              + weight_VD.rows()
              + "), or "
              + Batch.IGNORED
              + " where nothing is predicted");
    }
    return target;
  }
}
