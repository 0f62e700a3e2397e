package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import java.util.List;

/** Attention and feed-forward, each normed in front and added to the residual stream. */
final class Block {
  private final int layer;
  private final boolean gated;
  private final Norm norm;
  private final Linear qkv;
  private final HeadNorm headNorm; // null: queries and keys turn as they are
  private final Rotary rotary; // null: positions were added to the embedding
  private final Attention attention;
  private final Linear project;
  private final Norm midNorm;
  private final Linear widen;
  private final Linear narrow;

  Block(
      Parameters parameters,
      List<Adapters> jobs,
      ModelShape shape,
      Measures measures,
      int layer,
      Rotary rotary) {
    String at = Layout.block(shape, layer);
    boolean gpt2 = shape.family() == ModelShape.Family.GPT2;
    this.layer = layer;
    this.rotary = rotary;
    gated = shape.gated();
    attention = new Attention(shape, measures);
    headNorm = shape.qkNorm() ? new HeadNorm(parameters, shape, at) : null;
    norm = new Norm(parameters, at + (gpt2 ? "ln_1" : "input_layernorm"), shape.normEpsilon());
    midNorm =
        new Norm(
            parameters, at + (gpt2 ? "ln_2" : "post_attention_layernorm"), shape.normEpsilon());
    if (gpt2) {
      qkv = new Linear(parameters, jobs, 0, at + "attn.c_attn");
      project = new Linear(parameters, jobs, 1, at + "attn.c_proj");
      widen = new Linear(parameters, jobs, 2, at + "mlp.c_fc");
      narrow = new Linear(parameters, jobs, 3, at + "mlp.c_proj");
    } else {
      String own = at + "self_attn.";
      qkv = new Linear(parameters, jobs, 0, own + "q_proj", own + "k_proj", own + "v_proj");
      project = new Linear(parameters, jobs, 1, own + "o_proj");
      widen = new Linear(parameters, jobs, 2, at + "mlp.gate_proj", at + "mlp.up_proj");
      narrow = new Linear(parameters, jobs, 3, at + "mlp.down_proj");
    }
  }

  /**
   * @param y_ND the residual stream after this block; may be the one before it
   */
  void forward(Pass pass, Workspace.OfBlock a, Matrix y_ND) {
    Matrix x_ND = pass.rows(a.x_ND());
    Matrix norm_ND = pass.rows(a.norm_ND());
    Matrix qkv_NQ = pass.rows(a.qkv_NQ());
    Laps laps = pass.lane().laps;
    norm.forward(pass.lane(), x_ND, norm_ND, a.scale(), a.mean());
    laps.done(Laps.Work.NORM);
    qkv.forward(pass, a, norm_ND, qkv_NQ, null);
    laps.done(Laps.Work.LINEAR);
    if (headNorm != null) {
      headNorm.forward(pass.lane(), qkv_NQ, a.raw_NP() == null ? null : pass.rows(a.raw_NP()));
      laps.done(Laps.Work.NORM);
    }
    if (rotary != null) {
      turn(pass, qkv_NQ, 1);
      laps.done(Laps.Work.ROTARY);
    }
    for (Share share : pass.shares()) {
      attend(share, a);
    }
    laps.done(Laps.Work.ATTENTION);
    Matrix mid_ND = pass.rows(a.mid_ND());
    project.forward(pass, a, pass.rows(a.att_NA()), mid_ND, x_ND);
    laps.done(Laps.Work.LINEAR);
    feedForward(pass, a, mid_ND, y_ND);
  }

  private void turn(Pass pass, Matrix qkv_NQ, float direction) {
    for (Share share : pass.shares()) {
      rotary.turn(share, share.rows(qkv_NQ), direction);
    }
  }

  private void attend(Share share, Workspace.OfBlock a) {
    Matrix qkv_NQ = share.rows(a.qkv_NQ());
    for (int i = 0; i < share.fed().size(); i++) {
      Fed fed = share.fed().get(i);
      keep(qkv_NQ.rows(i * share.time(), share.time()), fed.cache(layer), fed.ids());
    }
    if (share.fed().isEmpty() || share.past(0) == 0) {
      attention.forward(share, a);
      return;
    }
    for (int i = 0; i < share.fed().size(); i++) {
      attention.forwardOne(share, a, i, share.fed().get(i).cache(layer));
    }
  }

  private void feedForward(Pass pass, Workspace.OfBlock a, Matrix mid_ND, Matrix y_ND) {
    Matrix midNorm_ND = pass.rows(a.midNorm_ND());
    Matrix inner_NG = pass.rows(a.inner_NG());
    Matrix act_NF = pass.rows(a.act_NF());
    Laps laps = pass.lane().laps;
    midNorm.forward(pass.lane(), mid_ND, midNorm_ND, a.midScale(), a.midMean());
    laps.done(Laps.Work.NORM);
    widen.forward(pass, a, midNorm_ND, inner_NG, null);
    laps.done(Laps.Work.LINEAR);
    activate(inner_NG, act_NF);
    laps.done(Laps.Work.ACTIVATION);
    narrow.forward(pass, a, act_NF, y_ND, mid_ND);
    laps.done(Laps.Work.LINEAR);
  }

  /** Copies keys and values into the cache. */
  private static void keep(Matrix qkv_NQ, Matrix kv_TK, int position) {
    Matrix own = qkv_NQ.columns(qkv_NQ.columns() - kv_TK.columns(), kv_TK.columns());
    for (int n = 0; n < own.rows(); n++) {
      Rows.copy(own.memory(), own.row(n), kv_TK.memory(), kv_TK.row(position + n), kv_TK.columns());
    }
  }

  private void activate(Matrix inner_NG, Matrix act_NF) {
    Object m = inner_NG.memory();
    int inner = act_NF.columns();
    for (int n = 0; n < inner_NG.rows(); n++) {
      long h = inner_NG.row(n);
      if (gated) {
        long up = h + (long) inner * Access.BYTES;
        Gates.swiglu(m, h, up, act_NF.memory(), act_NF.row(n), inner);
      } else {
        Gates.gelu(m, h, act_NF.memory(), act_NF.row(n), inner);
      }
    }
  }

  /** {@code inner} holds the slopes and becomes its own gradient. */
  private void activateBackward(Matrix inner_NG, Matrix dact_NF) {
    Object m = inner_NG.memory();
    int inner = dact_NF.columns();
    for (int n = 0; n < inner_NG.rows(); n++) {
      long h = inner_NG.row(n);
      Gates.backward(m, h, dact_NF.memory(), dact_NF.row(n), inner);
      if (gated) {
        long up = h + (long) inner * Access.BYTES;
        Gates.backward(m, up, dact_NF.memory(), dact_NF.row(n), inner);
      }
    }
  }

  /**
   * Turns the gradient of the residual stream after this block, {@code space.dx_ND}, into that
   * before it.
   *
   * @param onward whether anything before this block learns
   */
  void backward(Pass pass, Workspace.OfBlock a, boolean onward) {
    Workspace space = pass.space();
    Matrix dx_ND = pass.rows(space.dx_ND);
    Matrix act_NF = pass.rows(a.act_NF());
    Matrix inner_NG = pass.rows(a.inner_NG());
    Matrix midNorm_ND = pass.rows(a.midNorm_ND());
    Laps laps = pass.lane().laps;
    narrow.backward(pass, a, act_NF, dx_ND, act_NF);
    laps.done(Laps.Work.LINEAR);
    activateBackward(inner_NG, act_NF);
    laps.done(Laps.Work.ACTIVATION);
    widen.backward(pass, a, midNorm_ND, inner_NG, midNorm_ND);
    laps.done(Laps.Work.LINEAR);
    midNorm.backward(pass, pass.rows(a.mid_ND()), midNorm_ND, dx_ND, a.midScale(), a.midMean());
    laps.done(Laps.Work.NORM);

    Matrix dqkv_NQ = pass.rows(space.dqkv_NQ);
    Matrix norm_ND = pass.rows(a.norm_ND());
    project.backward(pass, a, pass.rows(a.att_NA()), dx_ND, pass.rows(space.datt_NA));
    laps.done(Laps.Work.LINEAR);
    for (Share share : pass.shares()) {
      attention.backward(share, a);
    }
    laps.done(Laps.Work.ATTENTION);
    if (rotary != null) {
      turn(pass, dqkv_NQ, -1);
      laps.done(Laps.Work.ROTARY);
    }
    if (headNorm != null) {
      headNorm.backward(pass, pass.rows(a.raw_NP()), dqkv_NQ);
      laps.done(Laps.Work.NORM);
    }
    boolean normToo = onward || norm.trained();
    qkv.backward(pass, a, norm_ND, dqkv_NQ, normToo ? norm_ND : null);
    laps.done(Laps.Work.LINEAR);
    if (normToo) {
      norm.backward(pass, pass.rows(a.x_ND()), norm_ND, dx_ND, a.scale(), a.mean());
      laps.done(Laps.Work.NORM);
    }
  }
}
