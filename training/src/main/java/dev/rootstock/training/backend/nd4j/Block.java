package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import java.util.Optional;

/** Attention and feed-forward, each normed in front and added to the residual stream. */
final class Block {
  private final Norm norm;
  private final Linear qkv;
  private final HeadNorm headNorm; // null: queries and keys go unnormed
  private final Rotary rotary; // null: positions were added to the embedding
  private final Attention attention;
  private final Linear project;
  private final Norm midNorm;
  private final Linear widen;
  private final Activation activation;
  private final Linear narrow;

  Block(
      Parameters parameters, ModelShape shape, Optional<LoraSpec> lora, int layer, Rotary rotary) {
    String at = Layout.block(shape, layer);
    boolean gpt2 = shape.family() == ModelShape.Family.GPT2;
    this.rotary = rotary;
    headNorm = shape.qkNorm() ? new HeadNorm(parameters, shape, at) : null;
    attention = new Attention(shape);
    activation = new Activation(shape);
    norm = new Norm(parameters, at + (gpt2 ? "ln_1" : "input_layernorm"), shape.normEpsilon());
    midNorm =
        new Norm(
            parameters, at + (gpt2 ? "ln_2" : "post_attention_layernorm"), shape.normEpsilon());
    if (gpt2) {
      qkv = new Linear(parameters, lora, at + "attn.c_attn");
      project = new Linear(parameters, lora, at + "attn.c_proj");
      widen = new Linear(parameters, lora, at + "mlp.c_fc");
      narrow = new Linear(parameters, lora, at + "mlp.c_proj");
    } else {
      qkv =
          new Linear(
              parameters,
              lora,
              at + "self_attn.q_proj",
              at + "self_attn.k_proj",
              at + "self_attn.v_proj");
      project = new Linear(parameters, lora, at + "self_attn.o_proj");
      widen = new Linear(parameters, lora, at + "mlp.gate_proj", at + "mlp.up_proj");
      narrow = new Linear(parameters, lora, at + "mlp.down_proj");
    }
  }

  /**
   * @param y_ND the residual stream after this block; may be the one before it
   */
  void forward(Lane lane, Activations.OfBlock a, Matrix y_ND, int time, Reach reach) {
    norm.forward(lane, a.x_ND(), a.norm_ND());
    qkv.forward(lane, a.norm_ND(), a.qkv_NQ(), false);
    if (headNorm != null) {
      headNorm.forward(lane, a.qkv_NQ(), a.raw_NP());
    }
    if (rotary != null) {
      rotary.forward(lane, a.qkv_NQ(), n -> reach.position(n, time));
    }
    attention.forward(lane, a.qkv_NQ(), a.p_BHTT(), a.att_NA(), time, reach);
    finish(lane, a, y_ND);
  }

  /** One id of one sequence, after those whose keys and values lie in the cache. */
  void forwardOne(Lane lane, Activations.OfBlock a, Matrix y_1D, Matrix kv_TK, int position) {
    norm.forward(lane, a.x_ND(), a.norm_ND());
    qkv.forward(lane, a.norm_ND(), a.qkv_NQ(), false);
    if (headNorm != null) {
      headNorm.forward(lane, a.qkv_NQ(), a.raw_NP());
    }
    if (rotary != null) {
      rotary.forward(lane, a.qkv_NQ(), n -> position);
    }
    keep(a, kv_TK, position, 1);
    attention.forwardOne(lane, a.qkv_NQ(), kv_TK, a.att_NA(), position);
    finish(lane, a, y_1D);
  }

  /** Copies keys and values of a chunk's first rows into the cache. */
  void keep(Activations.OfBlock a, Matrix kv_TK, int position, int count) {
    Matrix own = a.qkv_NQ().columns(a.qkv_NQ().columns() - kv_TK.columns(), kv_TK.columns());
    for (int n = 0; n < count; n++) {
      kv_TK.slab().copy(kv_TK.row(position + n), own.slab(), own.row(n), kv_TK.columns());
    }
  }

  private void finish(Lane lane, Activations.OfBlock a, Matrix y_ND) {
    copy(a.x_ND(), a.mid_ND());
    project.forward(lane, a.att_NA(), a.mid_ND(), true);
    midNorm.forward(lane, a.mid_ND(), a.midNorm_ND());
    widen.forward(lane, a.midNorm_ND(), a.inner_NG(), false);
    activation.forward(lane, a.inner_NG(), a.act_NF());
    copy(a.mid_ND(), y_ND);
    narrow.forward(lane, a.act_NF(), y_ND, true);
  }

  /**
   * Turns the gradient of the residual stream after this block, {@code all.dx_ND}, into that before
   * it.
   */
  void backward(Lane lane, Activations.OfBlock a, Activations all, Reach reach) {
    narrow.backward(lane, a.act_NF(), all.dx_ND, all.dact_NF);
    activation.backward(lane, a.inner_NG(), all.dact_NF, all.dinner_NG);
    widen.backward(lane, a.midNorm_ND(), all.dinner_NG, all.dnorm_ND);
    midNorm.backward(lane, a.mid_ND(), all.dnorm_ND, all.dx_ND);

    project.backward(lane, a.att_NA(), all.dx_ND, all.datt_NA);
    attention.backward(lane, a.qkv_NQ(), a.p_BHTT(), all.datt_NA, all.dqkv_NQ, all.time, reach);
    if (rotary != null) {
      rotary.backward(lane, all.dqkv_NQ, n -> reach.position(n, all.time));
    }
    if (headNorm != null) {
      headNorm.backward(lane, a.raw_NP(), all.dqkv_NQ);
    }
    qkv.backward(lane, a.norm_ND(), all.dqkv_NQ, all.dnorm_ND);
    norm.backward(lane, a.x_ND(), all.dnorm_ND, all.dx_ND);
  }

  private static void copy(Matrix from, Matrix to) {
    to.slab().copy(to.at(), from.slab(), from.at(), (long) from.rows() * from.columns());
  }
}
