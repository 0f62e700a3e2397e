package dev.rootstock.training.backend.nd4j;

import dev.rootstock.training.backend.Batch;

/**
 * Logits and their cross-entropy, in tiles of rows: logits of a whole chunk are never stored. Rows
 * that predict nothing are left out of the products.
 */
final class Head {
  static final int TILE = 128; // rows of logits

  private final Parameters.Tensor weight_VD;

  Head(Parameters.Tensor weight_VD) {
    this.weight_VD = weight_VD;
  }

  /** Logits of any few rows. */
  void logits(Matrix h_ND, Matrix logits_NV) {
    logits_NV.product(1, h_ND, weight_VD.weight().t(), 0);
  }

  /**
   * Log-probabilities of the targets, and the loss's gradients.
   *
   * @param targets of which those from {@code from} belong to h's rows
   * @param scale of the loss; 0: no gradient
   * @param dh_ND overwritten; zero where nothing is predicted
   * @param scores by target, set where one is given; may be null
   * @return sum of the losses, in nats
   */
  double crossEntropy(
      Lane lane,
      Matrix h_ND,
      int[] targets,
      int from,
      double scale,
      Matrix dh_ND,
      double[] scores,
      HeadTile tile) {
    double loss = 0;
    int[] picked = new int[TILE];
    int next = 0;
    while (next < h_ND.rows()) {
      int count = 0;
      for (; next < h_ND.rows() && count < TILE; next++) {
        if (targets[from + next] != Batch.IGNORED) {
          picked[count++] = next;
        } else if (scale != 0) {
          clear(lane, dh_ND, next);
        }
      }
      if (count > 0) {
        loss += tile(lane, h_ND, targets, from, scale, dh_ND, scores, tile, picked, count);
      }
    }
    return loss;
  }

  private double tile(
      Lane lane,
      Matrix h_ND,
      int[] targets,
      int from,
      double scale,
      Matrix dh_ND,
      double[] scores,
      HeadTile tile,
      int[] picked,
      int count) {
    int width = h_ND.columns();
    Matrix h_ED = tile.hidden().rows(0, count);
    Matrix logits_EV = tile.logits().rows(0, count);
    for (int e = 0; e < count; e++) {
      h_ED.slab().copy(h_ED.row(e), h_ND.slab(), h_ND.row(picked[e]), width);
    }
    logits(h_ED, logits_EV);
    double loss = 0;
    for (int e = 0; e < count; e++) {
      int n = from + picked[e];
      double score = row(lane, logits_EV, e, target(targets, n), scale);
      loss -= score;
      if (scores != null) {
        scores[n] = score;
      }
    }
    if (scale != 0) {
      if (weight_VD.trained()) {
        weight_VD.gradient(lane).product(1, logits_EV.t(), h_ED, 1);
      }
      h_ED.product(1, logits_EV, weight_VD.weight(), 0);
      for (int e = 0; e < count; e++) {
        dh_ND.slab().copy(dh_ND.row(picked[e]), h_ED.slab(), h_ED.row(e), width);
      }
    }
    return loss;
  }

  /**
   * The target's log-probability; the row becomes its gradient {@code scale · (p − 1 at the
   * target)} unless scale is 0.
   */
  private static double row(Lane lane, Matrix logits_EV, int e, int target, double scale) {
    int vocabulary = logits_EV.columns();
    double[] x = lane.row(0, vocabulary);
    double[] spare = lane.row(1, vocabulary);
    lane.get(logits_EV.slab(), logits_EV.row(e), x, vocabulary);
    double max = Arithmetic.max(x, vocabulary);
    double wanted = x[target] - max;
    Arithmetic.exp(x, max, vocabulary, spare);
    double sum = Arithmetic.sum(x, vocabulary);
    if (scale != 0) {
      double share = scale / sum;
      for (int i = 0; i < vocabulary; i++) {
        x[i] *= share;
      }
      x[target] -= scale;
      lane.put(logits_EV.slab(), logits_EV.row(e), x, vocabulary);
    }
    return wanted - StrictMath.log(sum);
  }

  private int target(int[] targets, int n) {
    if (targets[n] < 0 || targets[n] >= weight_VD.rows()) {
      throw new IllegalArgumentException(
          "targets["
              + n
              + "] is "
              + targets[n]
              + "; it must be below the vocabulary ("
              + weight_VD.rows()
              + "), or "
              + Batch.IGNORED
              + " where nothing is predicted");
    }
    return targets[n];
  }

  private static void clear(Lane lane, Matrix dh_ND, int n) {
    double[] zeroes = lane.row(0, dh_ND.columns());
    java.util.Arrays.fill(zeroes, 0, dh_ND.columns(), 0);
    lane.put(dh_ND.slab(), dh_ND.row(n), zeroes, dh_ND.columns());
  }
}
