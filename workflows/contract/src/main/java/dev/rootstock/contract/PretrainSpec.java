package dev.rootstock.contract;

import java.util.Optional;

/**
 * How a base is grown from tokens. Steps, batch and context say how many tokens are seen.
 *
 * @param batch rows of {@code shape.context} tokens a step
 * @param seed of the first weights and of the order of rows
 * @param attention default {@code across-documents}
 * @param trainer whose program grows it; ours where there is none
 * @param replay of a descendant: share of the rows that its ancestor was grown on, 0 to below 1;
 *     empty where it begins with first weights
 */
public record PretrainSpec(
    ModelShape shape,
    long steps,
    int batch,
    LearningSchedule schedule,
    OptimizerSpec optimizer,
    long seed,
    Numeric numeric,
    @Default("\"across-documents\"") Attention attention,
    Optional<TrainerSpec> trainer,
    Optional<Double> replay) {
  public PretrainSpec {
    Check check = new Check().positive("steps", steps).positive("batch", batch);
    replay.ifPresent(share -> check.that(share >= 0 && share < 1, "replay", share, "0 to below 1"));
    check.done();
  }

  /** What a token sees of those before it in its row. */
  public enum Attention {
    /** All of them; positions count through the row. */
    ACROSS_DOCUMENTS,
    /**
     * Those of its own document, and the end of text before it; positions count from there, as they
     * do when a text is written.
     */
    WITHIN_DOCUMENTS
  }

  /** By our own trainer, with attention across documents. */
  public PretrainSpec(
      ModelShape shape,
      long steps,
      int batch,
      LearningSchedule schedule,
      OptimizerSpec optimizer,
      long seed,
      Numeric numeric) {
    this(
        shape,
        steps,
        batch,
        schedule,
        optimizer,
        seed,
        numeric,
        Attention.ACROSS_DOCUMENTS,
        Optional.empty(),
        Optional.empty());
  }

  /** Tokens predicted over the whole training. */
  public long tokens() {
    return steps * batch * shape.context();
  }
}
