package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import java.util.Optional;

/**
 * One graft.
 *
 * @param name of the finetune; its model is registered as {@code <pipeline>-<name>}
 * @param data a file, a folder or a glob of labelled rows, local or {@code s3://}
 * @param test the same for a test set of its own; default: a share of {@code data}
 * @param text column or key of the text, for {@code classify} and {@code language-model}; default
 *     {@code text}
 * @param label column or key of the label, for {@code classify}; default {@code label}
 * @param source column or key of the given text, for {@code seq2seq}; default {@code source}
 * @param target column or key of the wanted text, for {@code seq2seq}; default {@code target}
 * @param format default {@code auto}, by the files' names
 * @param encoding default {@code utf-8}
 * @param method default {@code lora}
 * @param epochs default 4
 * @param batch rows a step; default 16
 * @param rate peak learning rate; default {@code auto}: 0.002 for {@code lora}, 0.0005 for {@code
 *     full}
 * @param limit at most so many training rows
 * @param lora default rank 16, alpha 32; only with {@code method: lora}
 */
public record FinetuneChoice(
    String name,
    TaskType task,
    String data,
    Optional<String> test,
    Optional<String> text,
    Optional<String> label,
    Optional<String> source,
    Optional<String> target,
    @Default("\"auto\"") TaskSpec.Format format,
    @Default("\"utf-8\"") TaskSpec.Encoding encoding,
    @Default("\"lora\"") FinetuneSpec.Method method,
    Optional<LoraSpec> lora,
    @Default("4") int epochs,
    @Default("16") int batch,
    Optional<Double> rate,
    @Default("0.1") double dev,
    @Default("0.2") double testShare,
    Optional<Integer> limit,
    @Default("1") long seed) {
  public FinetuneChoice {
    Check check =
        new Check()
            .name("name", name)
            .that(!data.isBlank(), "data", "empty", "a file, a folder or a glob")
            .positive("epochs", epochs)
            .positive("batch", batch)
            .share("dev", dev)
            .share("testShare", testShare)
            .that(
                dev + testShare < 1,
                "testShare",
                testShare,
                "below 1 together with dev (" + dev + ")")
            .that(dev > 0, "dev", dev, "above 0, for the best state is chosen by it")
            .that(
                lora.isEmpty() || method == FinetuneSpec.Method.LORA,
                "lora",
                "given",
                "left out with method: full");
    rate.ifPresent(
        value -> check.that(value > 0 && value < 1, "rate", value, "above 0 and below 1"));
    limit.ifPresent(value -> check.positive("limit", value));
    boolean pairs = task == TaskType.SEQ2SEQ;
    String onlyPairs = "left out; only seq2seq has it";
    check.that(source.isEmpty() || pairs, "source", "given", onlyPairs);
    check.that(target.isEmpty() || pairs, "target", "given", onlyPairs);
    check.that(
        text.isEmpty() || !pairs, "text", "given", "left out; seq2seq has source and target");
    check.that(
        label.isEmpty() || task == TaskType.CLASSIFY,
        "label",
        "given",
        "left out; only classify has it");
    check.done();
  }

  /** Columns or keys, those left out by their default names. */
  public TaskSpec.Fields fields() {
    return new TaskSpec.Fields(
        text.orElse("text"),
        label.orElse("label"),
        source.orElse("source"),
        target.orElse("target"));
  }

  /** The adapter, if there is one. */
  public Optional<LoraSpec> adapter() {
    return method == FinetuneSpec.Method.LORA
        ? Optional.of(lora.orElse(new LoraSpec(16, 32)))
        : Optional.empty();
  }

  /**
   * Peak learning rate where none is chosen: an adapter bears, and needs, a higher one than whole
   * weights.
   */
  public double peakRate() {
    return rate.orElse(method == FinetuneSpec.Method.LORA ? 0.002 : 0.0005);
  }
}
