package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.FreezeSpec;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import java.util.Optional;

/**
 * One graft.
 *
 * @param name of the finetune; its model is registered as {@code <pipeline>-<name>}. With {@code
 *     {file}} in it this is a template: one finetune for each file of {@code data}, named by the
 *     file
 * @param data a file, a folder or a glob of labelled rows, local or {@code s3://}
 * @param test the same for a test set of its own; default: a share of {@code data}
 * @param text column or key of the text, for {@code classify} and {@code language-model}; default
 *     {@code text}. For {@code chat} the key of the messages; default {@code messages}, else {@code
 *     conversations}
 * @param label column or key of the label, for {@code classify}; default {@code label}
 * @param source column or key of the given text, for {@code seq2seq}; default {@code source}
 * @param target column or key of the wanted text, for {@code seq2seq}; default {@code target}
 * @param format default {@code auto}, by the files' names
 * @param encoding default {@code utf-8}
 * @param method default {@code lora}
 * @param epochs passes over the training rows; default {@code auto}: 4, and as many as make 100
 *     steps, at most 30
 * @param batch rows a step; default 16
 * @param rate peak learning rate; default {@code auto}: 0.002 for {@code lora}, 0.0005 for {@code
 *     full}
 * @param limit at most so many training rows
 * @param lora default rank 16, alpha 32; only with {@code method: lora}
 * @param freeze what does not learn; only with {@code method: full}
 * @param packing whether short rows share a sequence, which saves time; default {@code false}
 * @param stopping when to stop early
 * @param turns of {@code chat} that are learned; default {@code all} of the assistant's
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
    Optional<Integer> epochs,
    @Default("16") int batch,
    Optional<Double> rate,
    @Default("0.1") double dev,
    @Default("0.2") double testShare,
    Optional<Integer> limit,
    @Default("1") long seed,
    Optional<FreezeSpec> freeze,
    @Default("false") boolean packing,
    @Default("{}") StoppingChoice stopping,
    Optional<FinetuneSpec.Turns> turns) {
  private static final String FILE = "{file}";
  private static final int EPOCHS = 4;
  private static final int MOST_EPOCHS = 30;
  private static final int STEPS = 100; // fewer teach a task of some dozens of rows little

  public FinetuneChoice {
    Check check =
        new Check()
            .name("name", name.replace(FILE, "file"))
            .that(!data.isBlank(), "data", "empty", "a file, a folder or a glob")
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
    epochs.ifPresent(value -> check.positive("epochs", value));
    check
        .that(
            freeze.isEmpty() || method == FinetuneSpec.Method.FULL,
            "freeze",
            "given",
            "left out with method: lora, which freezes the whole base",
            "Set method: full")
        .that(
            turns.isEmpty() || task == TaskType.CHAT,
            "turns",
            "given",
            "left out; only chat has turns");
    stopping
        .metric()
        .ifPresent(
            metric ->
                check.that(
                    task.metrics().contains(metric),
                    "stopping.metric",
                    CanonicalJson.word(metric),
                    "auto, or what "
                        + CanonicalJson.word(task)
                        + " is measured by: "
                        + String.join(
                            ", ", task.metrics().stream().map(CanonicalJson::word).toList())));
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

  /** Whether this stands for a finetune of each of its files. */
  public boolean isTemplate() {
    return name.contains(FILE);
  }

  /**
   * The finetune that a template comes to for one of its files.
   *
   * @param stem what stands in the name for the file
   */
  public FinetuneChoice of(String stem, String file) {
    return with(name.replace(FILE, stem), file, test);
  }

  /** The same under another name or with other files. */
  public FinetuneChoice with(String name, String data, Optional<String> test) {
    return new FinetuneChoice(
        name, task, data, test, text, label, source, target, format, encoding, method, lora, epochs,
        batch, rate, dev, testShare, limit, seed, freeze, packing, stopping, turns);
  }

  /** Columns or keys, those left out by their default names. */
  public TaskSpec.Fields fields() {
    return new TaskSpec.Fields(
        text.orElse(task == TaskType.CHAT ? "messages" : "text"),
        label.orElse("label"),
        source.orElse("source"),
        target.orElse("target"));
  }

  /** Passes over so many training rows. */
  public int passes(int rows) {
    int wanted = (int) Math.min(MOST_EPOCHS, ((long) STEPS * batch + rows - 1) / Math.max(1, rows));
    return epochs.orElse(Math.max(EPOCHS, wanted));
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
