package dev.rootstock.contract;

import java.util.Optional;

/**
 * A transformer's measures. C width, H heads, F inner, V vocabulary, T context.
 *
 * @param kvHeads heads of keys and values; {@code heads} must be a multiple (grouped-query
 *     attention). GPT-2: equal to heads
 * @param headWidth channels of one head; even, since rotary positions turn pairs
 * @param inner width of the feed-forward layer
 * @param vocabulary the tokenizer's, not padded
 * @param context longest sequence
 * @param normEpsilon added to the variance (LayerNorm) or mean square (RMSNorm)
 * @param ropeBase θ of rotary positions; unused by GPT-2, whose positions are learned
 * @param tiedHead whether the output head is the embedding's own matrix; GPT-2: always
 * @param ropeScaling how rotary positions were stretched to a longer context; empty: not at all
 */
public record ModelShape(
    Family family,
    int layers,
    int width,
    int heads,
    int kvHeads,
    int headWidth,
    int inner,
    int vocabulary,
    int context,
    @Default("1e-5") double normEpsilon,
    @Default("10000") double ropeBase,
    @Default("true") boolean tiedHead,
    Optional<RopeScaling> ropeScaling) {
  public ModelShape {
    Check check =
        new Check()
            .positive("layers", layers)
            .positive("heads", heads)
            .positive("kvHeads", kvHeads)
            .positive("inner", inner)
            .positive("vocabulary", vocabulary)
            .positive("context", context)
            .that(normEpsilon > 0, "normEpsilon", normEpsilon, "above 0")
            .that(ropeBase > 1, "ropeBase", ropeBase, "above 1")
            .that(
                headWidth > 0 && headWidth % 2 == 0,
                "headWidth",
                headWidth,
                "a positive even number");
    if (heads > 0 && family != Family.QWEN3) {
      check.that(
          width > 0 && width % heads == 0, "width", width, "a multiple of heads (" + heads + ")");
    } else {
      check.positive("width", width);
    }
    if (heads > 0 && kvHeads > 0) {
      check.that(heads % kvHeads == 0, "kvHeads", kvHeads, "a divisor of heads (" + heads + ")");
    }
    if (family == Family.GPT2) {
      check
          .that(kvHeads == heads, "kvHeads", kvHeads, "equal to heads (" + heads + ") in GPT-2")
          .that(heads * headWidth == width, "headWidth", headWidth, "width / heads in GPT-2")
          .that(tiedHead, "tiedHead", false, "true in GPT-2")
          .that(ropeScaling.isEmpty(), "ropeScaling", "given", "absent in GPT-2");
    }
    check.done();
  }

  /** Which architecture; each is laid out as Hugging Face's class of that name. */
  public enum Family {
    LLAMA,
    GPT2,
    /** Llama with biases on queries, keys and values; Qwen2.5 too. */
    QWEN2,
    /** Llama with an RMSNorm on each head's queries and keys, in front of their rotation. */
    QWEN3
  }

  /**
   * Llama 3's way to a longer context: slow rotations are slowed by {@code factor}, fast ones kept.
   *
   * @param lowFreqFactor waves longer than {@code originalContext / lowFreqFactor} are slow
   * @param highFreqFactor waves shorter than {@code originalContext / highFreqFactor} are fast;
   *     those between are blended
   * @param originalContext the context before it was stretched
   */
  public record RopeScaling(
      double factor, double lowFreqFactor, double highFreqFactor, int originalContext) {
    public RopeScaling {
      new Check()
          .that(factor >= 1 && Double.isFinite(factor), "factor", factor, "at least 1")
          .that(lowFreqFactor > 0, "lowFreqFactor", lowFreqFactor, "above 0")
          .that(
              highFreqFactor > lowFreqFactor && Double.isFinite(highFreqFactor),
              "highFreqFactor",
              highFreqFactor,
              "above lowFreqFactor (" + lowFreqFactor + ")")
          .positive("originalContext", originalContext)
          .done();
    }
  }

  /** With plain positions. */
  public ModelShape(
      Family family,
      int layers,
      int width,
      int heads,
      int kvHeads,
      int headWidth,
      int inner,
      int vocabulary,
      int context,
      double normEpsilon,
      double ropeBase,
      boolean tiedHead) {
    this(
        family,
        layers,
        width,
        heads,
        kvHeads,
        headWidth,
        inner,
        vocabulary,
        context,
        normEpsilon,
        ropeBase,
        tiedHead,
        Optional.empty());
  }

  /**
   * The one dial: width 64 a layer, heads of 64 channels, inner 8/3 of the width rounded up to 32
   * (gated) or 4 times it (GPT-2), tied head. The ratio of 64 is nanochat's.
   */
  public static ModelShape ofDepth(Family family, int depth, int vocabulary, int context) {
    int width = 64 * depth;
    return new ModelShape(
        family,
        depth,
        width,
        depth,
        depth,
        64,
        usualInner(family, width),
        vocabulary,
        context,
        1e-5,
        10_000,
        true);
  }

  /** The feed-forward width that {@link #ofDepth} gives a model of that width. */
  public static int usualInner(Family family, int width) {
    return family == Family.GPT2 ? 4 * width : (8 * width / 3 + 31) / 32 * 32;
  }

  /** Channels of all heads' queries; the width of what attention mixes. */
  public int attention() {
    return heads * headWidth;
  }

  /** Channels of all heads' keys, and of their values. */
  public int keys() {
    return kvHeads * headWidth;
  }

  /** Whether the feed-forward layer is SwiGLU, with two matrices in front; else GELU with one. */
  public boolean gated() {
    return family != Family.GPT2;
  }

  /** Whether queries, keys and values have biases. */
  public boolean qkvBias() {
    return family == Family.GPT2 || family == Family.QWEN2;
  }

  /** Whether each head's queries and keys are normed before they turn. */
  public boolean qkNorm() {
    return family == Family.QWEN3;
  }

  /** Whether positions are rows of a trained matrix; else queries and keys turn. */
  public boolean learnedPositions() {
    return family == Family.GPT2;
  }

  /** Number of trained values; a tied head counts once. */
  public long parameters() {
    long attention = 2L * width * attention() + 2L * width * keys();
    long feedForward = (gated() ? 3L : 2L) * width * inner;
    long norms = 2L * width + (qkNorm() ? 2L * headWidth : 0);
    long biases = qkvBias() ? attention() + 2L * keys() : 0;
    if (family == Family.GPT2) {
      biases += width + inner + width + 2L * width; // projection, inner, out; norms' own
    }
    long positions = learnedPositions() ? (long) context * width : 0;
    long embedding = (long) vocabulary * width * (tiedHead ? 1 : 2);
    long lastNorm = family == Family.GPT2 ? 2L * width : width;
    return layers * (attention + feedForward + norms + biases) + embedding + positions + lastNorm;
  }

  /**
   * Floating-point operations to train on one token: 6 a weight used in a product, and 6 · layers ·
   * width · context for attention (llm.c's formula, half of nanoGPT's 12, since the mask is
   * causal).
   */
  public double trainingFlopsPerToken() {
    long inProducts =
        parameters()
            - (tiedHead ? 0 : (long) vocabulary * width)
            - (learnedPositions() ? (long) context * width : 0);
    return 6.0 * inProducts + 6.0 * layers * attention() * context;
  }
}
