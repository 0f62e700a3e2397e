package dev.rootstock.contract;

import java.util.Optional;

/**
 * How a base is taught one task. The base itself is an input, not a setting.
 *
 * @param method which weights learn
 * @param lora given exactly if {@code method} is {@code lora}
 * @param epochs passes over the training rows
 * @param batch rows a step
 * @param rate peak learning rate; warm-up over a tenth of the steps, then a cosine to a tenth
 * @param patience evaluations on the dev rows without gain before stopping; the best state is kept
 * @param evaluations how often the dev rows are scored over the whole training
 * @param seed of the order of rows and of an adapter's first weights
 * @param scratch the shape of a model that starts from random weights, for comparison; empty:
 *     starts from the base
 * @param freeze what of a whole model does not learn; empty: all learns
 * @param packing whether the short rows of a step share a sequence, each seeing itself alone, which
 *     changes cost and rounding and nothing else; empty: they do not
 * @param stopping empty: by the loss, any gain counts, no minimum
 * @param turns of {@code chat} that are learned; empty: all of the assistant's
 */
public record FinetuneSpec(
    TaskSpec task,
    Method method,
    Optional<LoraSpec> lora,
    int epochs,
    int batch,
    double rate,
    @Default("5") int patience,
    @Default("10") int evaluations,
    OptimizerSpec optimizer,
    long seed,
    Numeric numeric,
    Optional<ModelShape> scratch,
    Optional<FreezeSpec> freeze,
    Optional<Boolean> packing,
    Optional<StoppingSpec> stopping,
    Optional<Turns> turns) {
  public FinetuneSpec {
    packing = packing.filter(on -> on);
    turns = turns.filter(learned -> learned != Turns.ALL);
    new Check()
        .positive("epochs", epochs)
        .positive("batch", batch)
        .that(rate > 0 && rate < 1, "rate", rate, "above 0 and below 1")
        .positive("patience", patience)
        .positive("evaluations", evaluations)
        .that(
            lora.isPresent() == (method == Method.LORA),
            "lora",
            lora.isPresent() ? "given" : "missing",
            "given exactly for method lora")
        .that(
            scratch.isEmpty() || method == Method.FULL,
            "method",
            CanonicalJson.word(method),
            "full where a model starts from scratch")
        .that(
            freeze.isEmpty() || method == Method.FULL,
            "freeze",
            "given",
            "left out with method lora, which freezes the whole base")
        .that(
            turns.isEmpty() || task.type() == TaskType.CHAT,
            "turns",
            "given",
            "left out; only chat has turns")
        .done();
  }

  /** With everything learning, and nothing chosen of what is optional. */
  public FinetuneSpec(
      TaskSpec task,
      Method method,
      Optional<LoraSpec> lora,
      int epochs,
      int batch,
      double rate,
      int patience,
      int evaluations,
      OptimizerSpec optimizer,
      long seed,
      Numeric numeric,
      Optional<ModelShape> scratch) {
    this(
        task,
        method,
        lora,
        epochs,
        batch,
        rate,
        patience,
        evaluations,
        optimizer,
        seed,
        numeric,
        scratch,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Which of the assistant's turns are learned. */
  public enum Turns {
    ALL,
    LAST
  }

  /** Which weights learn. */
  public enum Method {
    LORA,
    FULL
  }
}
