package dev.rootstock.contract;

/**
 * How a base is grown from tokens. Steps, batch and context say how many tokens are seen.
 *
 * @param batch rows of {@code shape.context} tokens a step
 * @param seed of the first weights and of the order of rows
 */
public record PretrainSpec(
    ModelShape shape,
    long steps,
    int batch,
    LearningSchedule schedule,
    OptimizerSpec optimizer,
    long seed,
    Numeric numeric) {
  public PretrainSpec {
    new Check().positive("steps", steps).positive("batch", batch).done();
  }

  /** Tokens predicted over the whole training. */
  public long tokens() {
    return steps * batch * shape.context();
  }
}
