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
    Optional<ModelShape> scratch) {
  public FinetuneSpec {
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
        .done();
  }

  /** Which weights learn. */
  public enum Method {
    LORA,
    FULL
  }
}
