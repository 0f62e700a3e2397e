package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole model: embedding, blocks, last norm, head. Holds no state of a pass, so lanes share it.
 */
final class Transformer implements AutoCloseable {
  private final Embedding embedding;
  private final Rotary rotary; // null: positions are learned
  private final List<Block> blocks = new ArrayList<>();
  private final Norm norm;
  private final Head head;
  private final int lowest; // block from which down nothing learns

  /**
   * @param jobs whose adapters are made to fit
   * @param layout all tensors, the adapters' of all jobs too
   */
  Transformer(
      Parameters parameters,
      List<Adapters> jobs,
      ModelShape shape,
      Measures measures,
      List<TensorLayout> layout) {
    boolean gpt2 = shape.family() == ModelShape.Family.GPT2;
    embedding = new Embedding(parameters, shape);
    rotary = shape.learnedPositions() ? null : new Rotary(shape);
    for (int i = 0; i < shape.layers(); i++) {
      blocks.add(new Block(parameters, jobs, shape, measures, i, rotary));
    }
    norm = new Norm(parameters, gpt2 ? "transformer.ln_f" : "model.norm", shape.normEpsilon());
    head =
        new Head(
            shape.tiedHead() ? embedding.tokens() : parameters.tensor("lm_head.weight"), measures);
    lowest = lowestLearning(shape, layout);
  }

  private int lowestLearning(ModelShape shape, List<TensorLayout> layout) {
    for (int i = 0; i < shape.layers(); i++) {
      String block = Layout.block(shape, i);
      if (embedding.trained()
          || layout.stream().anyMatch(t -> t.trained() && t.name().startsWith(block))) {
        return i;
      }
    }
    return shape.layers();
  }

  private void forward(Pass pass) {
    Workspace space = pass.space();
    Laps laps = pass.lane().laps;
    laps.begin();
    Matrix x_ND = pass.rows(space.blocks.get(0).x_ND());
    pass.clearBetween(x_ND);
    for (Share share : pass.shares()) {
      embedding.forward(share, share.rows(x_ND));
    }
    laps.done(Laps.Work.EMBEDDING);
    for (int i = 0; i < blocks.size(); i++) {
      Matrix y_ND = i + 1 < blocks.size() ? space.blocks.get(i + 1).x_ND() : space.x_ND;
      blocks.get(i).forward(pass, space.blocks.get(i), pass.rows(y_ND));
    }
    norm.forward(
        pass.lane(), pass.rows(space.x_ND), pass.rows(space.out_ND), space.outScale, space.outMean);
    laps.done(Laps.Work.NORM);
  }

  /**
   * Adds the gradients of a chunk; returns Σ loss of each share.
   *
   * @param scales of each share's loss
   */
  double[] accumulate(Pass pass, double[] scales) {
    Workspace space = pass.space();
    forward(pass);
    Matrix out_ND = pass.rows(space.out_ND);
    pass.clearBetween(out_ND);
    double[] losses = new double[scales.length];
    for (int i = 0; i < losses.length; i++) {
      Share share = pass.shares().get(i);
      losses[i] = head.crossEntropy(share, share.rows(out_ND), scales[i], null);
    }
    Laps laps = pass.lane().laps;
    laps.done(Laps.Work.HEAD);
    Matrix dx_ND = pass.rows(space.dx_ND);
    for (int n = 0; n < dx_ND.rows(); n++) {
      Rows.clear(dx_ND.memory(), dx_ND.row(n), dx_ND.columns());
    }
    norm.backward(pass, pass.rows(space.x_ND), out_ND, dx_ND, space.outScale, space.outMean);
    laps.done(Laps.Work.NORM);
    for (int i = blocks.size() - 1; i >= lowest; i--) {
      blocks.get(i).backward(pass, space.blocks.get(i), i > lowest || embedding.trained());
    }
    if (embedding.trained()) {
      for (Share share : pass.shares()) {
        embedding.backward(share, share.rows(dx_ND));
      }
      laps.done(Laps.Work.EMBEDDING);
    }
    return losses;
  }

  void score(Pass pass, double[] scores) {
    forward(pass);
    for (Share share : pass.shares()) {
      head.crossEntropy(share, share.rows(pass.space().out_ND), 0, scores);
    }
    pass.lane().laps.done(Laps.Work.HEAD);
  }

  /** The logits after the last token of a chunk of one sequence. */
  Matrix logits(Pass pass) {
    forward(pass);
    Matrix logits_1V = pass.space().logits_EV.rows(0, 1);
    head.logits(pass.lane(), pass.space().out_ND.rows(pass.shares().get(0).n() - 1, 1), logits_1V);
    pass.lane().laps.done(Laps.Work.HEAD);
    return logits_1V;
  }

  /** Is told the logits after a token of a chunk. */
  interface Heard {
    void logits(int n, Matrix logits_1V);
  }

  /** The logits after each token of a chunk, in order. */
  void logits(Pass pass, Heard heard) {
    forward(pass);
    Matrix tile = pass.space().logits_EV;
    for (int first = 0; first < pass.n(); first += tile.rows()) {
      int count = Math.min(tile.rows(), pass.n() - first);
      Matrix logits_EV = tile.rows(0, count);
      head.logits(pass.lane(), pass.space().out_ND.rows(first, count), logits_EV);
      pass.lane().laps.done(Laps.Work.HEAD);
      for (int i = 0; i < count; i++) {
        heard.logits(first + i, logits_EV.rows(i, 1));
      }
    }
  }

  @Override
  public void close() {
    if (rotary != null) {
      rotary.close();
    }
  }
}
