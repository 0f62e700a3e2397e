package dev.rootstock.contract;

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
    @Default("true") boolean tiedHead) {
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
    if (heads > 0) {
      check.that(
          width > 0 && width % heads == 0, "width", width, "a multiple of heads (" + heads + ")");
    }
    if (heads > 0 && kvHeads > 0) {
      check.that(heads % kvHeads == 0, "kvHeads", kvHeads, "a divisor of heads (" + heads + ")");
    }
    if (family == Family.GPT2) {
      check
          .that(kvHeads == heads, "kvHeads", kvHeads, "equal to heads (" + heads + ") in GPT-2")
          .that(heads * headWidth == width, "headWidth", headWidth, "width / heads in GPT-2")
          .that(tiedHead, "tiedHead", false, "true in GPT-2");
    }
    check.done();
  }

  /** Which architecture; each is laid out as Hugging Face's class of that name. */
  public enum Family {
    LLAMA,
    GPT2
  }

  /**
   * The one dial: width 64 a layer, heads of 64 channels, inner 8/3 of the width rounded up to 32
   * (Llama) or 4 times it (GPT-2), tied head. The ratio of 64 is nanochat's.
   */
  public static ModelShape ofDepth(Family family, int depth, int vocabulary, int context) {
    int width = 64 * depth;
    int inner = family == Family.GPT2 ? 4 * width : (8 * width / 3 + 31) / 32 * 32;
    return new ModelShape(
        family, depth, width, depth, depth, 64, inner, vocabulary, context, 1e-5, 10_000, true);
  }

  /** Number of trained values; a tied head counts once. */
  public long parameters() {
    long attention = 2L * width * heads * headWidth + 2L * width * kvHeads * headWidth;
    long feedForward = (family == Family.GPT2 ? 2L : 3L) * width * inner;
    long norms = 2L * width;
    long biases = 0;
    long positions = 0;
    if (family == Family.GPT2) {
      biases =
          3L * width
              + width
              + inner
              + width
              + 2L * width; // qkv, projection, inner, out; norms' own
      positions = (long) context * width;
    }
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
            - (family == Family.GPT2 ? (long) context * width : 0);
    return 6.0 * inProducts + 6.0 * layers * heads * headWidth * context;
  }
}
