package dev.rootstock.training.reference;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.reference.Autodiff.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * GPT-2, Llama and Qwen written down from their papers, one sequence at a time; weights by Hugging
 * Face names.
 */
public final class ReferenceModel {
  private final ModelShape shape;
  private final Optional<LoraSpec> lora;
  private final Map<String, Node> weights = new LinkedHashMap<>();
  private final Map<String, double[]> first = new TreeMap<>();
  private final Map<String, double[]> second = new TreeMap<>();
  private Autodiff graph = new Autodiff();
  private int[] begins = {};

  public ReferenceModel(ModelShape shape, Optional<LoraSpec> lora) {
    this.shape = shape;
    this.lora = lora;
  }

  public void put(String name, int rows, int columns, double[] values) {
    weights.put(name, Node.of(rows, columns, values));
  }

  public double[] weight(String name) {
    return weights.get(name).value;
  }

  public double[] gradient(String name) {
    return weights.get(name).gradient;
  }

  /**
   * Adds gradients of {@code scale · Σ loss} over targets that are not negative; returns Σ loss.
   */
  public double accumulate(int[][] ids, int[][] targets, double scale) {
    return accumulate(ids, targets, new int[ids.length][ids[0].length], scale);
  }

  /** The same where a position sees its row from a place on, and is counted from there. */
  public double accumulate(int[][] ids, int[][] targets, int[][] begins, double scale) {
    double loss = 0;
    for (int row = 0; row < ids.length; row++) {
      graph = new Autodiff();
      Node logits = logits(ids[row], begins[row]);
      Node sum = new Node(1, 1);
      for (int t = 0; t < ids[row].length; t++) {
        if (targets[row][t] >= 0) {
          sum = graph.add(sum, surprise(graph.rows(logits, t), targets[row][t]));
        }
      }
      loss += sum.value[0];
      graph.backward(graph.scale(sum, scale));
    }
    return loss;
  }

  /** Logits after each id, row-major. */
  public double[] logitsOf(int[] ids) {
    graph = new Autodiff();
    return logits(ids, new int[ids.length]).value;
  }

  private Node surprise(Node logits, int target) {
    Node total = graph.log(graph.sum(graph.exp(logits)));
    return graph.add(total, graph.scale(graph.columns(logits, target, 1), -1));
  }

  private Node logits(int[] ids, int[] begins) {
    this.begins = begins;
    boolean gpt2 = shape.family() == ModelShape.Family.GPT2;
    Node tokens = weights.get(gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight");
    Node x = graph.rows(tokens, ids);
    if (gpt2) {
      int[] places =
          java.util.stream.IntStream.range(0, ids.length).map(t -> t - begins[t]).toArray();
      x = graph.add(x, graph.rows(weights.get("transformer.wpe.weight"), places));
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      x = gpt2 ? gpt2Block(x, "transformer.h." + layer) : llamaBlock(x, "model.layers." + layer);
    }
    Node h = gpt2 ? layerNorm(x, "transformer.ln_f") : rmsNorm(x, "model.norm");
    return graph.product(
        h, graph.transpose(shape.tiedHead() ? tokens : weights.get("lm_head.weight")));
  }

  private Node gpt2Block(Node x, String at) {
    int width = shape.width();
    Node qkv = linear(layerNorm(x, at + ".ln_1"), at + ".attn.c_attn");
    Node mixed =
        attention(
            graph.columns(qkv, 0, width),
            graph.columns(qkv, width, width),
            graph.columns(qkv, 2 * width, width),
            false);
    Node mid = graph.add(x, linear(mixed, at + ".attn.c_proj"));
    Node wide = gelu(linear(layerNorm(mid, at + ".ln_2"), at + ".mlp.c_fc"));
    return graph.add(mid, linear(wide, at + ".mlp.c_proj"));
  }

  private Node llamaBlock(Node x, String at) {
    Node h = rmsNorm(x, at + ".input_layernorm");
    Node mixed =
        attention(
            normedHeads(linear(h, at + ".self_attn.q_proj"), at + ".self_attn.q_norm"),
            normedHeads(linear(h, at + ".self_attn.k_proj"), at + ".self_attn.k_norm"),
            linear(h, at + ".self_attn.v_proj"),
            true);
    Node mid = graph.add(x, linear(mixed, at + ".self_attn.o_proj"));
    Node g = rmsNorm(mid, at + ".post_attention_layernorm");
    Node gate = linear(g, at + ".mlp.gate_proj");
    Node silu =
        graph.times(
            gate, graph.each(gate, ReferenceModel::sigmoid, s -> sigmoid(s) * (1 - sigmoid(s))));
    return graph.add(
        mid, linear(graph.times(silu, linear(g, at + ".mlp.up_proj")), at + ".mlp.down_proj"));
  }

  /** Qwen3 alone has such norms. */
  private Node normedHeads(Node x, String module) {
    if (shape.family() != ModelShape.Family.QWEN3) {
      return x;
    }
    List<Node> heads = new ArrayList<>();
    for (int at = 0; at < x.columns; at += shape.headWidth()) {
      heads.add(rmsNorm(graph.columns(x, at, shape.headWidth()), module));
    }
    return graph.beside(heads);
  }

  private Node linear(Node x, String module) {
    Node y = graph.product(x, graph.transpose(weights.get(module + ".weight")));
    if (weights.containsKey(module + ".bias")) {
      y = graph.add(y, graph.spread(weights.get(module + ".bias"), y.rows, y.columns));
    }
    if (weights.containsKey(module + ".lora_A.weight")) {
      Node low = graph.product(x, graph.transpose(weights.get(module + ".lora_A.weight")));
      Node delta = graph.product(low, graph.transpose(weights.get(module + ".lora_B.weight")));
      y = graph.add(y, graph.scale(delta, lora.get().factor()));
    }
    return y;
  }

  private Node attention(Node q, Node k, Node v, boolean rotary) {
    int width = shape.headWidth();
    List<Node> heads = new ArrayList<>();
    for (int head = 0; head < shape.heads(); head++) {
      int shared = head * shape.kvHeads() / shape.heads();
      Node own = graph.columns(q, head * width, width);
      Node keys = graph.columns(k, shared * width, width);
      if (rotary) {
        own = rotate(own);
        keys = rotate(keys);
      }
      Node scores =
          graph.scale(graph.product(own, graph.transpose(keys)), StrictMath.pow(width, -0.5));
      Node mask = new Node(scores.rows, scores.columns);
      for (int i = 0; i < mask.value.length; i++) {
        int query = i / mask.columns;
        int key = i % mask.columns;
        mask.value[i] = key <= query && key >= begins[query] ? 1 : 0;
      }
      Node weight = graph.times(graph.exp(scores), mask);
      Node share = graph.each(graph.rowSums(weight), s -> 1 / s, s -> -1 / (s * s));
      weight = graph.times(weight, graph.spread(share, weight.rows, weight.columns));
      heads.add(graph.product(weight, graph.columns(v, shared * width, width)));
    }
    return graph.beside(heads);
  }

  /** {@code x · cos + concat(−x₂, x₁) · sin}. */
  private Node rotate(Node x) {
    int half = x.columns / 2;
    Node cos = new Node(x.rows, x.columns);
    Node sin = new Node(x.rows, x.columns);
    for (int t = 0; t < x.rows; t++) {
      for (int i = 0; i < x.columns; i++) {
        double angle = (t - begins[t]) * speed(2.0 * (i % half) / x.columns);
        cos.value[t * x.columns + i] = StrictMath.cos(angle);
        sin.value[t * x.columns + i] = StrictMath.sin(angle);
      }
    }
    Node turned =
        graph.beside(
            List.of(graph.scale(graph.columns(x, half, half), -1), graph.columns(x, 0, half)));
    return graph.add(graph.times(x, cos), graph.times(turned, sin));
  }

  /** Llama 3's scaling is the plain speed and its share of {@code 1 / factor}, blended. */
  private double speed(double power) {
    double plain = 1 / StrictMath.pow(shape.ropeBase(), power);
    if (shape.ropeScaling().isEmpty()) {
      return plain;
    }
    ModelShape.RopeScaling scaling = shape.ropeScaling().get();
    double turns = scaling.originalContext() * plain / (2 * StrictMath.PI);
    double kept =
        (turns - scaling.lowFreqFactor()) / (scaling.highFreqFactor() - scaling.lowFreqFactor());
    kept = StrictMath.max(0, StrictMath.min(1, kept));
    return plain * (kept + (1 - kept) / scaling.factor());
  }

  private Node rmsNorm(Node x, String module) {
    return graph.times(
        standard(x), graph.spread(weights.get(module + ".weight"), x.rows, x.columns));
  }

  private Node layerNorm(Node x, String module) {
    Node mean = graph.scale(graph.rowSums(x), -1.0 / x.columns);
    Node y = standard(graph.add(x, graph.spread(mean, x.rows, x.columns)));
    y = graph.times(y, graph.spread(weights.get(module + ".weight"), x.rows, x.columns));
    return graph.add(y, graph.spread(weights.get(module + ".bias"), x.rows, x.columns));
  }

  private Node standard(Node x) {
    Node square = graph.scale(graph.rowSums(graph.times(x, x)), 1.0 / x.columns);
    double e = shape.normEpsilon();
    Node share =
        graph.each(
            square, s -> StrictMath.pow(s + e, -0.5), s -> -0.5 * StrictMath.pow(s + e, -1.5));
    return graph.times(x, graph.spread(share, x.rows, x.columns));
  }

  private Node gelu(Node x) {
    double root = StrictMath.sqrt(2 / StrictMath.PI);
    Node u =
        graph.each(
            x, v -> root * (v + 0.044715 * v * v * v), v -> root * (1 + 3 * 0.044715 * v * v));
    Node tanh = graph.each(u, StrictMath::tanh, v -> 1 - StrictMath.tanh(v) * StrictMath.tanh(v));
    return graph.times(graph.scale(x, 0.5), graph.each(tanh, v -> 1 + v, v -> 1));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** Clips, steps and clears the gradients; returns the norm. */
  public double update(
      OptimizerSpec spec,
      double rate,
      long step,
      Predicate<String> trained,
      Predicate<String> decays) {
    double squares = 0;
    for (Map.Entry<String, Node> entry : weights.entrySet()) {
      for (double g : trained.test(entry.getKey()) ? entry.getValue().gradient : new double[0]) {
        squares += g * g;
      }
    }
    double norm = StrictMath.sqrt(squares);
    double factor = StrictMath.min(1, spec.clip() / norm);
    for (Map.Entry<String, Node> entry : weights.entrySet()) {
      String name = entry.getKey();
      Node node = entry.getValue();
      double[] m = first.computeIfAbsent(name, key -> new double[node.value.length]);
      double[] v = second.computeIfAbsent(name, key -> new double[node.value.length]);
      for (int i = 0; trained.test(name) && i < m.length; i++) {
        double g = factor * node.gradient[i];
        m[i] += (1 - spec.beta1()) * (g - m[i]);
        v[i] += (1 - spec.beta2()) * (g * g - v[i]);
        double mean = m[i] / (1 - StrictMath.pow(spec.beta1(), step));
        double square = v[i] / (1 - StrictMath.pow(spec.beta2(), step));
        node.value[i] -= rate * (decays.test(name) ? spec.weightDecay() : 0) * node.value[i];
        node.value[i] -= rate * mean / (StrictMath.sqrt(square) + spec.epsilon());
      }
      java.util.Arrays.fill(node.gradient, 0);
    }
    return norm;
  }
}
