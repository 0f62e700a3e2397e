package dev.rootstock.contract.engine;

import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import java.util.List;
import java.util.Optional;

/**
 * Verb {@code bench} of the engine that knows tensors: steps of one training, timed one by one, in
 * a process of their own. Nothing is kept but the exchange. Result: a {@link TrainBenchRun}.
 *
 * @param threads that compute
 * @param backend its name, {@code nd4j} or {@code cpu}; empty: whichever is chosen here
 * @param batch rows of {@code shape.context} tokens a step
 * @param steps that are timed
 * @param warmup steps before those
 * @param seed of the first weights, and of the rows or their order
 * @param exchange a folder for first weights and rows, written before the first step, from which
 *     another program does the same
 * @param text to learn from; none: made-up tokens
 * @param ceiling whether to time the model's products alone after the steps
 */
public record TrainBenchOrder(
    int threads,
    Optional<String> backend,
    ModelShape shape,
    int batch,
    long steps,
    long warmup,
    LearningSchedule schedule,
    OptimizerSpec optimizer,
    Numeric numeric,
    long seed,
    Optional<String> exchange,
    Optional<Text> text,
    boolean ceiling) {

  /**
   * Text files, of which a tenth of the documents is held out and scored after the last step.
   *
   * @param files UTF-8; a document is a run of paragraphs of about 2,000 characters
   * @param tokenizer a {@code tokenizer.json}; none: bytes
   */
  public record Text(List<String> files, Optional<String> tokenizer) {
    public Text {
      files = List.copyOf(files);
    }
  }

  /** Steps of both kinds. */
  public long all() {
    return warmup + steps;
  }
}
