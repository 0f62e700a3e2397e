package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;

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

  boolean trained() {
    return tokens_VD.trained() || (positions_TD != null && positions_TD.trained());
  }

  void forward(Share share, Matrix x_ND) {
    int width = x_ND.columns();
    Matrix tokens = tokens_VD.weight();
    Matrix positions = positions_TD == null ? null : positions_TD.weight();
    for (int n = 0; n < x_ND.rows(); n++) {
      long token = tokens.row(id(share, n));
      if (positions == null) {
        Rows.copy(tokens.memory(), token, x_ND.memory(), x_ND.row(n), width);
      } else {
        Rows.add(
            tokens.memory(),
            token,
            positions.memory(),
            positions.row(share.position(n)),
            x_ND.memory(),
            x_ND.row(n),
            width);
      }
    }
  }

  /** Adds rows in token order. */
  void backward(Share share, Matrix dx_ND) {
    Matrix tokens = tokens_VD.trained() ? tokens_VD.gradient(share.part()) : null;
    Matrix positions =
        positions_TD != null && positions_TD.trained() ? positions_TD.gradient(share.part()) : null;
    for (int n = 0; n < dx_ND.rows(); n++) {
      if (tokens != null) {
        add(dx_ND, n, tokens, id(share, n));
      }
      if (positions != null) {
        add(dx_ND, n, positions, share.position(n));
      }
    }
  }

  private static void add(Matrix dx_ND, int n, Matrix sums, int row) {
    Rows.add(
        sums.memory(),
        sums.row(row),
        dx_ND.memory(),
        dx_ND.row(n),
        sums.memory(),
        sums.row(row),
        dx_ND.columns());
  }

  private int id(Share share, int n) {
    int at = share.from() + n;
    int id = share.batch().ids()[at];
    if (id < 0 || id >= tokens_VD.rows()) {
      throw new IllegalArgumentException(
          "ids["
              + at
              + "] is "
              + id
              + "; it must be at least 0 and below the vocabulary ("
              + tokens_VD.rows()
              + ")");
    }
    return id;
  }
}
