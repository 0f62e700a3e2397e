package dev.rootstock.contract;

/**
 * AdamW (Loshchilov and Hutter, 2019) with the gradient's norm clipped.
 *
 * @param weightDecay on matrices only; norms and biases do not decay
 * @param clip greatest Euclidean norm of the whole gradient
 */
public record OptimizerSpec(
    @Default("0.9") double beta1,
    @Default("0.95") double beta2,
    @Default("1e-8") double epsilon,
    @Default("0.1") double weightDecay,
    @Default("1.0") double clip) {
  public static final OptimizerSpec DEFAULT = new OptimizerSpec(0.9, 0.95, 1e-8, 0.1, 1.0);

  public OptimizerSpec {
    new Check()
        .share("beta1", beta1)
        .share("beta2", beta2)
        .that(epsilon > 0, "epsilon", epsilon, "above 0")
        .that(weightDecay >= 0, "weightDecay", weightDecay, "0 or more")
        .that(clip > 0, "clip", clip, "above 0")
        .done();
  }
}
