package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.function.IntUnaryOperator;

/** Rows of the token matrix, plus rows of the position matrix where positions are learned. */
final class Embedding {
  private final Parameters.Tensor tokens_VD;
  private final Parameters.Tensor positions_TD; // null: positions are rotary

  Embedding(Parameters parameters, ModelShape shape) {
    boolean learned = shape.learnedPositions();
    tokens_VD = parameters.tensor(learned ? "transformer.wte.weight" : "model.embed_tokens.weight");
    positions_TD = learned ? parameters.tensor("transformer.wpe.weight") : null;
  }

  Parameters.Tensor tokens() {
    return tokens_VD;
  }

  /**
   * @param positions by row
   */
  void forward(Lane lane, int[] ids, int from, Matrix x_ND, IntUnaryOperator positions) {
    int width = x_ND.columns();
    double[] token = lane.row(0, width);
    double[] position = lane.row(1, width);
    for (int n = 0; n < x_ND.rows(); n++) {
      long at = tokens_VD.weight().row(id(ids, from + n));
      if (positions_TD == null) {
        x_ND.slab().copy(x_ND.row(n), tokens_VD.group().weights, at, width);
        continue;
      }
      lane.get(tokens_VD.group().weights, at, token, width);
      lane.get(
          positions_TD.group().weights,
          positions_TD.weight().row(positions.applyAsInt(n)),
          position,
          width);
      for (int i = 0; i < width; i++) {
        token[i] += position[i];
      }
      lane.put(x_ND.slab(), x_ND.row(n), token, width);
    }
  }

  /** Adds rows in token order. */
  void backward(Lane lane, int[] ids, int from, Matrix dx_ND, IntUnaryOperator positions) {
    boolean positionsLearn = positions_TD != null && positions_TD.trained();
    if (!tokens_VD.trained() && !positionsLearn) {
      return;
    }
    int width = dx_ND.columns();
    double[] dx = lane.row(0, width);
    Matrix dTokens_VD = tokens_VD.trained() ? tokens_VD.gradient(lane) : null;
    for (int n = 0; n < dx_ND.rows(); n++) {
      lane.get(dx_ND.slab(), dx_ND.row(n), dx, width);
      if (dTokens_VD != null) {
        lane.add(dTokens_VD.slab(), dTokens_VD.row(ids[from + n]), dx, width);
      }
      if (positionsLearn) {
        Matrix dPositions_TD = positions_TD.gradient(lane);
        lane.add(dPositions_TD.slab(), dPositions_TD.row(positions.applyAsInt(n)), dx, width);
      }
    }
  }

  private int id(int[] ids, int n) {
    if (ids[n] < 0 || ids[n] >= tokens_VD.rows()) {
      throw new IllegalArgumentException(
          "ids["
              + n
              + "] is "
              + ids[n]
              + "; it must be at least 0 and below the vocabulary ("
              + tokens_VD.rows()
              + ")");
    }
    return ids[n];
  }
}
