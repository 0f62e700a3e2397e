package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter, 2019) over pieces of the parameters. Pieces have fixed bounds and
 * their sums are added in order, so that it does not matter which lane computes which.
 */
final class AdamW {
  private static final int PIECE = 65_536; // elements
  private static final int PART = 4096; // elements whose squares are added in float32

  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(Parameters.Region region, long at, int count) {}

  AdamW(Parameters parameters) {
    for (Parameters.Region region : parameters.regions()) {
      for (long at = 0; region.trained && at < region.length; at += PIECE) {
        pieces.add(new Piece(region, at, (int) Math.min(PIECE, region.length - at)));
      }
    }
  }

  /**
   * Gathers the lanes' gradients in the first lane's, in lane order, and clears the others; returns
   * the Euclidean norm.
   */
  double gather(Lanes lanes) {
    double[] squares = new double[pieces.size()];
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < squares.length; i += lanes.count()) {
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
    List<Slab> gradients = piece.region.gradients;
    double squares = 0;
    for (int done = 0; done < piece.count; done += PART) {
      int count = Math.min(PART, piece.count - done);
      long at = (piece.at + done) * Access.BYTES;
      Slab first = gradients.get(0);
      for (Slab other : gradients.subList(1, gradients.size())) {
        Descent.gather(first.memory, first.origin + at, other.memory, other.origin + at, count);
      }
      squares +=
          Sums.dot(
              first.memory, first.origin + at, first.memory, first.origin + at, count, lane.fold);
    }
    return squares;
  }

  /**
   * Clears the gradient too.
   *
   * @param clip factor on the gradient
   * @param step from 1
   */
  void step(Lanes lanes, OptimizerSpec optimizer, double clip, double rate, long step) {
    double first = 1 - StrictMath.pow(optimizer.beta1(), step);
    double second = 1 - StrictMath.pow(optimizer.beta2(), step);
    Descent decaying = descent(optimizer, clip, rate, first, second, optimizer.weightDecay());
    Descent plain = descent(optimizer, clip, rate, first, second, 0);
    lanes.run(
        lane -> {
          for (int i = lane.index(); i < pieces.size(); i += lanes.count()) {
            Piece piece = pieces.get(i);
            step(piece, piece.region.decays ? decaying : plain);
          }
        });
  }

  private static Descent descent(
      OptimizerSpec optimizer,
      double clip,
      double rate,
      double first,
      double second,
      double decay) {
    return new Descent(
        (float) clip,
        (float) optimizer.beta1(),
        (float) (1 - optimizer.beta1()),
        (float) optimizer.beta2(),
        (float) (1 - optimizer.beta2()),
        (float) optimizer.epsilon(),
        (float) (1 - rate * decay),
        (float) (rate / first),
        (float) (1 / second));
  }

  private static void step(Piece piece, Descent descent) {
    long at = piece.at * Access.BYTES;
    Parameters.Region region = piece.region;
    Slab gradient = region.gradients.get(0);
    descent.step(
        region.weights.memory,
        region.weights.origin + at,
        region.expAvg.memory,
        region.expAvg.origin + at,
        region.expAvgSq.memory,
        region.expAvgSq.origin + at,
        gradient.memory,
        gradient.origin + at,
        piece.count);
  }

  /** Forgets the gradient. */
  void clear() {
    for (Piece piece : pieces) {
      if (piece.at == 0) {
        piece.region.gradients.forEach(Slab::clear);
      }
    }
  }
}
