package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.ModelShape;
import java.util.Optional;

/**
 * Which model. {@code depth} is the one dial; see {@link ModelShape#ofDepth}. Any measure set
 * beside it wins.
 *
 * @param family default {@code llama}
 * @param depth layers; default 4
 */
public record ModelChoice(
    @Default("\"llama\"") ModelShape.Family family,
    @Default("4") int depth,
    Optional<Integer> width,
    Optional<Integer> heads,
    Optional<Integer> kvHeads,
    Optional<Integer> headWidth,
    Optional<Integer> inner,
    Optional<Double> normEpsilon,
    Optional<Double> ropeBase,
    Optional<Boolean> tiedHead) {
  public static final ModelChoice DEFAULT =
      new ModelChoice(
          ModelShape.Family.LLAMA,
          4,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public ModelChoice {
    Check check =
        new Check().that(depth > 0 && depth <= 1024, "depth", depth, "between 1 and 1024");
    width.ifPresent(value -> check.positive("width", value));
    heads.ifPresent(value -> check.positive("heads", value));
    check.done();
    shape(
        family,
        depth,
        width,
        heads,
        kvHeads,
        headWidth,
        inner,
        normEpsilon,
        ropeBase,
        tiedHead,
        512,
        64);
  }

  /** The measures, for a tokenizer and a context. */
  public ModelShape shape(int vocabulary, int context) {
    return shape(
        family,
        depth,
        width,
        heads,
        kvHeads,
        headWidth,
        inner,
        normEpsilon,
        ropeBase,
        tiedHead,
        vocabulary,
        context);
  }

  private static ModelShape shape(
      ModelShape.Family family,
      int depth,
      Optional<Integer> width,
      Optional<Integer> heads,
      Optional<Integer> kvHeads,
      Optional<Integer> headWidth,
      Optional<Integer> inner,
      Optional<Double> normEpsilon,
      Optional<Double> ropeBase,
      Optional<Boolean> tiedHead,
      int vocabulary,
      int context) {
    ModelShape dial = ModelShape.ofDepth(family, depth, vocabulary, context);
    int wide = width.orElse(dial.width());
    int many = heads.orElse(width.isPresent() ? Math.max(1, wide / 64) : dial.heads());
    return new ModelShape(
        family,
        depth,
        wide,
        many,
        kvHeads.orElse(many),
        headWidth.orElse(
            wide % many == 0
                ? wide / many
                : dial.headWidth()), // where it must divide, the shape names the width as the fault
        inner.orElse(ModelShape.usualInner(family, wide)),
        vocabulary,
        context,
        normEpsilon.orElse(dial.normEpsilon()),
        ropeBase.orElse(dial.ropeBase()),
        tiedHead.orElse(dial.tiedHead()));
  }
}
