package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole model: embedding, blocks, last norm, head. Holds no state of a pass, so lanes share it.
 */
final class Transformer {
  private final Embedding embedding;
  private final List<Block> blocks = new ArrayList<>();
  private final Norm norm;
  private final Head head;
  private final int lowest; // block from which down nothing learns

  Transformer(Parameters parameters, ModelShape shape, Optional<LoraSpec> lora) {
    boolean gpt2 = shape.family() == ModelShape.Family.GPT2;
    embedding = new Embedding(parameters, shape);
    Rotary rotary = shape.learnedPositions() ? null : new Rotary(shape);
    for (int i = 0; i < shape.layers(); i++) {
      blocks.add(new Block(parameters, shape, lora, i, rotary));
    }
    lowest = lowestLearning(parameters, shape);
    norm = new Norm(parameters, gpt2 ? "transformer.ln_f" : "model.norm", shape.normEpsilon());
    head = new Head(shape.tiedHead() ? embedding.tokens() : parameters.tensor("lm_head.weight"));
  }

  private static int lowestLearning(Parameters parameters, ModelShape shape) {
    int lowest = shape.layers();
    for (TensorLayout tensor : parameters.layout()) {
      if (!tensor.trained() || tensor.name().equals("lm_head.weight")) {
        continue;
      }
      int block = 0; // of embeddings
      for (int i = 0; i < shape.layers(); i++) {
        if (tensor.name().startsWith(Layout.block(shape, i))) {
          block = i;
        }
      }
      boolean last = tensor.name().matches("(model\\.norm|transformer\\.ln_f)\\..*");
      lowest = last ? lowest : Math.min(lowest, block);
    }
    return lowest;
  }

  /**
   * Hidden states of the rows from {@code firstRow} on, as many as the activations have, to {@code
   * a.out_ND}.
   */
  private void forward(Lane lane, Activations a, int[] ids, int from, Reach reach) {
    embedding.forward(lane, ids, from, a.blocks.get(0).x_ND(), n -> reach.position(n, a.time));
    for (int i = 0; i < blocks.size(); i++) {
      Matrix y_ND = i + 1 < blocks.size() ? a.blocks.get(i + 1).x_ND() : a.x_ND;
      blocks.get(i).forward(lane, a.blocks.get(i), y_ND, a.time, reach);
    }
    norm.forward(lane, a.x_ND, a.out_ND);
  }

  /** Adds the gradients of a chunk of the batch; returns Σ loss. */
  double accumulate(Lane lane, Activations a, Batch batch, int firstRow, double scale) {
    int from = firstRow * batch.time();
    Reach reach = Reach.of(batch, from);
    forward(lane, a, batch.ids(), from, reach);
    double loss =
        head.crossEntropy(lane, a.out_ND, batch.targets(), from, scale, a.dnorm_ND, null, a.head);
    a.dx_ND.slab().clear();
    norm.backward(lane, a.x_ND, a.dnorm_ND, a.dx_ND);
    for (int i = blocks.size() - 1; i >= lowest; i--) {
      blocks.get(i).backward(lane, a.blocks.get(i), a, reach);
    }
    embedding.backward(lane, batch.ids(), from, a.dx_ND, n -> reach.position(n, a.time));
    return loss;
  }

  void score(Lane lane, Activations a, Batch batch, int firstRow, double[] scores) {
    int from = firstRow * batch.time();
    forward(lane, a, batch.ids(), from, Reach.of(batch, from));
    head.crossEntropy(lane, a.out_ND, batch.targets(), from, 0, null, scores, a.head);
  }

  /** Feeds a whole text, fills the caches and returns the logits after its last id. */
  Matrix begin(Lane lane, Activations a, int[] ids, List<Matrix> caches) {
    forward(lane, a, ids, 0, Reach.WHOLE);
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).keep(a.blocks.get(i), caches.get(i), 0, ids.length);
    }
    return logits(a, ids.length - 1);
  }

  Matrix next(Lane lane, Activations a, int id, List<Matrix> caches, int position) {
    embedding.forward(lane, new int[] {id}, 0, a.blocks.get(0).x_ND(), n -> position);
    for (int i = 0; i < blocks.size(); i++) {
      Matrix y_1D = i + 1 < blocks.size() ? a.blocks.get(i + 1).x_ND() : a.x_ND;
      blocks.get(i).forwardOne(lane, a.blocks.get(i), y_1D, caches.get(i), position);
    }
    norm.forward(lane, a.x_ND, a.out_ND);
    return logits(a, 0);
  }

  private Matrix logits(Activations a, int row) {
    Matrix logits_1V = a.head.logits().rows(0, 1);
    head.logits(a.out_ND.rows(row, 1), logits_1V);
    return logits_1V;
  }
}
