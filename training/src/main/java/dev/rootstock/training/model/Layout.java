package dev.rootstock.training.model;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tensors of a model, made from its shape. Names are those of Hugging Face folders and PEFT
 * adapters.
 */
public final class Layout {
  // D width, A heads · headWidth, K kvHeads · headWidth, F inner, V vocabulary, T context, R rank
  /** How the name of an adapter's first half ends, and of its second. */
  public static final String DOWN = ".lora_A.weight"; // [rank, in]

  public static final String UP = ".lora_B.weight"; // [out, rank]

  private final ModelShape shape;
  private final Optional<LoraSpec> adapter;
  private final List<TensorLayout> base = new ArrayList<>();
  private final List<TensorLayout> adapters = new ArrayList<>();

  private Layout(ModelShape shape, Optional<LoraSpec> adapter) {
    this.shape = shape;
    this.adapter = adapter;
  }

  /**
   * All tensors of a model, then all of its adapter. Matrices of one linear group (q, k, v; gate,
   * up) are neighbours, and so are its biases, so that one product can serve the group.
   *
   * @param adapter given: the model's own tensors are not trained
   */
  public static List<TensorLayout> of(ModelShape shape, Optional<LoraSpec> adapter) {
    Layout layout = new Layout(shape, adapter);
    if (shape.family() == ModelShape.Family.GPT2) {
      layout.gpt2();
    } else {
      layout.llama();
    }
    layout.base.addAll(layout.adapters);
    return List.copyOf(layout.base);
  }

  /** The same with what does not learn frozen, and without adapters that are not asked for. */
  public static List<TensorLayout> of(ModelShape shape, Learns learns) {
    return learns.applied(of(shape, learns.adapter()));
  }

  /** The prefix of a block's tensors, its final dot included. */
  public static String block(ModelShape shape, int layer) {
    return (shape.family() == ModelShape.Family.GPT2 ? "transformer.h." : "model.layers.")
        + layer
        + ".";
  }

  private void llama() {
    int width = shape.width();
    int attention = shape.attention();
    int keys = shape.keys();
    matrix("model.embed_tokens.weight", shape.vocabulary(), width);
    for (int i = 0; i < shape.layers(); i++) {
      String at = block(shape, i);
      vector(at + "input_layernorm.weight", width);
      linear(at + "self_attn.q_proj", attention, width, false);
      linear(at + "self_attn.k_proj", keys, width, false);
      linear(at + "self_attn.v_proj", keys, width, false);
      if (shape.qkvBias()) {
        vector(at + "self_attn.q_proj.bias", attention);
        vector(at + "self_attn.k_proj.bias", keys);
        vector(at + "self_attn.v_proj.bias", keys);
      }
      if (shape.qkNorm()) {
        vector(at + "self_attn.q_norm.weight", shape.headWidth());
        vector(at + "self_attn.k_norm.weight", shape.headWidth());
      }
      linear(at + "self_attn.o_proj", width, attention, false);
      vector(at + "post_attention_layernorm.weight", width);
      linear(at + "mlp.gate_proj", shape.inner(), width, false);
      linear(at + "mlp.up_proj", shape.inner(), width, false);
      linear(at + "mlp.down_proj", width, shape.inner(), false);
    }
    vector("model.norm.weight", width);
    if (!shape.tiedHead()) {
      matrix("lm_head.weight", shape.vocabulary(), width);
    }
  }

  private void gpt2() {
    int width = shape.width();
    matrix("transformer.wte.weight", shape.vocabulary(), width);
    matrix("transformer.wpe.weight", shape.context(), width);
    for (int i = 0; i < shape.layers(); i++) {
      String at = block(shape, i);
      norm(at + "ln_1", width);
      linear(at + "attn.c_attn", 3 * width, width, true);
      linear(at + "attn.c_proj", width, width, true);
      norm(at + "ln_2", width);
      linear(at + "mlp.c_fc", shape.inner(), width, true);
      linear(at + "mlp.c_proj", width, shape.inner(), true);
    }
    norm("transformer.ln_f", width);
  }

  private void linear(String module, int out, int in, boolean bias) {
    matrix(module + ".weight", out, in);
    if (bias) {
      vector(module + ".bias", out);
    }
    adapter.ifPresent(
        lora -> {
          adapters.add(trained(module + ".lora_A.weight", true, lora.rank(), in));
          adapters.add(trained(module + ".lora_B.weight", true, out, lora.rank()));
        });
  }

  private void norm(String module, int width) {
    vector(module + ".weight", width);
    vector(module + ".bias", width);
  }

  private void matrix(String name, long rows, long columns) {
    base.add(new TensorLayout(name, List.of(rows, columns), true, adapter.isEmpty()));
  }

  private void vector(String name, long length) {
    base.add(new TensorLayout(name, List.of(length), false, adapter.isEmpty()));
  }

  private static TensorLayout trained(String name, boolean decays, long rows, long columns) {
    return new TensorLayout(name, List.of(rows, columns), decays, true);
  }
}
