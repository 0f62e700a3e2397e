package dev.rootstock.training.backend.cpu;

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
  private static final int PIECE = 65_536; // elements
  private static final int PART = 4096; // elements whose squares are added in float32

  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @param owner pieces of one owner go to one lane: they may share a vector
   */
  private record Piece(Parameters.Region region, long at, int count, int owner) {}

  AdamW(Parameters parameters) {
    for (Parameters.Region region : parameters.regions()) {
      if (region.whole) {
        cut(region, 0, region.length, true);
      } else if (region.trained) {
        cutTrained(region);
      }
    }
  }

  private void cutTrained(Parameters.Region region) {
    pieces.add(new Piece(region, 0, 0, owner()));
    long at = 0;
    for (TensorLayout member : region.members) {
      if (member.trained()) {
        cut(region, at, at + member.elements(), false);
      }
      at += member.elements();
    }
  }

  private void cut(Parameters.Region region, long from, long to, boolean alone) {
    for (long at = from; at < to; at += PIECE) {
      int owner = alone ? owner() : pieces.get(pieces.size() - 1).owner;
      pieces.add(new Piece(region, at, (int) Math.min(PIECE, to - at), owner));
    }
  }

  private int owner() {
    return pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).owner + 1;
  }

  private interface Work {
    void on(Lane lane, int piece);
  }

  private void eachPiece(Lanes<Lane> lanes, Work work) {
    lanes.run(
        lane -> {
          lane.laps.begin();
          for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).owner % lanes.count() == lane.index()) {
              work.on(lane, i);
            }
          }
          lane.laps.done(Laps.Work.OPTIMIZER);
        });
  }

  /**
   * Gathers the lanes' gradients in the first lane's, in lane order, and clears the others; returns
   * the Euclidean norm.
   */
  double gather(Lanes<Lane> lanes) {
    double[] squares = new double[pieces.size()];
    eachPiece(lanes, (lane, i) -> squares[i] = gather(lane, pieces.get(i)));
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
  void step(Lanes<Lane> lanes, OptimizerSpec optimizer, double clip, double rate, long step) {
    double first = 1 - StrictMath.pow(optimizer.beta1(), step);
    double second = 1 - StrictMath.pow(optimizer.beta2(), step);
    Descent decaying = descent(optimizer, clip, rate, first, second, optimizer.weightDecay());
    Descent plain = descent(optimizer, clip, rate, first, second, 0);
    eachPiece(
        lanes,
        (lane, i) -> {
          Piece piece = pieces.get(i);
          step(piece, piece.region.decays ? decaying : plain);
        });
    for (Piece piece : pieces) {
      if (piece.count == 0) { // what does not learn has had a gradient too
        piece.region.gradients.forEach(Slab::clear);
      }
    }
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
    pieces.forEach(piece -> piece.region.gradients.forEach(Slab::clear));
  }
}
