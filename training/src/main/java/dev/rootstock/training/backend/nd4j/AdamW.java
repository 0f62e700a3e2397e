package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Lanes;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter, 2019) over pieces of the parameters. Pieces have fixed bounds and
 * their sums are added in order, so that it does not matter which lane computes which.
 */
final class AdamW {
  private static final int PIECE =
      16_384; // elements; four heap rows of it fit a second-level cache

  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(Parameters.Group group, long at, int count, boolean decays) {}

  AdamW(Parameters parameters) {
    for (Parameters.Group group : parameters.groups()) {
      long at = 0;
      for (TensorLayout tensor : group.members) {
        for (long done = 0; tensor.trained() && done < tensor.elements(); done += PIECE) {
          int count = (int) Math.min(PIECE, tensor.elements() - done);
          pieces.add(new Piece(group, at + done, count, tensor.decays()));
        }
        at += tensor.elements();
      }
    }
  }

  /**
   * Gathers the lanes' gradients in the first lane's, in lane order; returns the Euclidean norm.
   */
  double gather(Lanes<Lane> lanes) {
    double[] squares = new double[pieces.size()];
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < pieces.size(); i += lanes.count()) {
            squares[i] = gather(lane, pieces.get(i));
          }
        });
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  private static double gather(Lane lane, Piece piece) {
    List<Slab> gradients = piece.group.gradients;
    double[] sum = lane.row(0, piece.count);
    double[] next = lane.row(1, piece.count);
    lane.get(gradients.get(0), piece.at, sum, piece.count);
    for (int other = 1; other < gradients.size(); other++) {
      lane.get(gradients.get(other), piece.at, next, piece.count);
      for (int i = 0; i < piece.count; i++) {
        sum[i] += next[i];
      }
    }
    if (gradients.size() > 1) {
      lane.put(gradients.get(0), piece.at, sum, piece.count);
    }
    return Arithmetic.dot(sum, sum, piece.count);
  }

  /**
   * @param clip factor on the gradient
   * @param step from 1
   */
  void step(Lanes<Lane> lanes, OptimizerSpec optimizer, double clip, double rate, long step) {
    double first = 1 - StrictMath.pow(optimizer.beta1(), step);
    double second = 1 - StrictMath.pow(optimizer.beta2(), step);
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < pieces.size(); i += lanes.count()) {
            step(lane, pieces.get(i), optimizer, clip, rate, first, second);
          }
        });
  }

  private static void step(
      Lane lane,
      Piece piece,
      OptimizerSpec optimizer,
      double clip,
      double rate,
      double first,
      double second) {
    double[] g = lane.row(0, piece.count);
    double[] w = lane.row(1, piece.count);
    double[] m = lane.row(2, piece.count);
    double[] v = lane.row(3, piece.count);
    Slab exp_avg = piece.group.moments.get(0);
    Slab exp_avg_sq = piece.group.moments.get(1);
    lane.get(piece.group.gradients.get(0), piece.at, g, piece.count);
    lane.get(piece.group.weights, piece.at, w, piece.count);
    lane.get(exp_avg, piece.at, m, piece.count);
    lane.get(exp_avg_sq, piece.at, v, piece.count);
    double keep = piece.decays ? 1 - rate * optimizer.weightDecay() : 1;
    descend(g, w, m, v, piece.count, optimizer, clip, rate, first, second, keep);
    lane.put(piece.group.weights, piece.at, w, piece.count);
    lane.put(exp_avg, piece.at, m, piece.count);
    lane.put(exp_avg_sq, piece.at, v, piece.count);
  }

  private static void descend(
      double[] g,
      double[] w,
      double[] m,
      double[] v,
      int count,
      OptimizerSpec optimizer,
      double clip,
      double rate,
      double first,
      double second,
      double keep) {
    double beta1 = optimizer.beta1();
    double beta2 = optimizer.beta2();
    double epsilon = optimizer.epsilon();
    for (int i = 0; i < count; i++) {
      double gradient = clip * g[i];
      m[i] = beta1 * m[i] + (1 - beta1) * gradient;
      v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      w[i] = keep * w[i] - rate * (m[i] / first) / (Math.sqrt(v[i] / second) + epsilon);
    }
  }
}
