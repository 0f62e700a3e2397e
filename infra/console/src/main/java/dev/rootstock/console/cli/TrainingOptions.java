package dev.rootstock.console.cli;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.pipeline.ModelChoice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a training that is timed or compared. */
final class TrainingOptions {
  @Option(
      names = "--family",
      paramLabel = "F",
      description = "as in a pipeline file (default llama)")
  private String family = "llama";

  @Option(names = "--layers", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int layers = 6;

  @Option(names = "--width", paramLabel = "N", description = "(default: 64 a layer)")
  private Optional<Integer> width = Optional.empty();

  @Option(names = "--heads", paramLabel = "N", description = "(default: of 64 channels)")
  private Optional<Integer> heads = Optional.empty();

  @Option(
      names = "--kv-heads",
      paramLabel = "N",
      description = "of keys and values (default: as many as heads)")
  private Optional<Integer> kvHeads = Optional.empty();

  @Option(names = "--inner", paramLabel = "N", description = "(default: by family and width)")
  private Optional<Integer> inner = Optional.empty();

  @Option(names = "--context", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int context = 256;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "rows a step (default ${DEFAULT-VALUE})")
  private int batch = 16;

  @Option(names = "--rate", paramLabel = "X", description = "peak rate (default ${DEFAULT-VALUE})")
  private double rate = 0.002;

  @Option(names = "--seed", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "auto (default), cpu or nd4j; one that is not there is an error")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "of either side (default: all cores)")
  private Optional<Integer> threads = Optional.empty();

  /**
   * The order.
   *
   * @param vocabulary of the tokens
   * @param ramp share of all steps in which the rate rises
   */
  TrainBenchOrder order(
      int vocabulary,
      long steps,
      long warmup,
      double ramp,
      Optional<TrainBenchOrder.Text> text,
      boolean ceiling) {
    new Check()
        .positive("--context", context)
        .positive("--batch", batch)
        .positive("--steps", steps)
        .that(warmup >= 0, "--warmup", warmup, "0 or more steps")
        .that(rate > 0 && rate < 1, "--rate", rate, "above 0 and below 1")
        .done();
    long all = warmup + steps;
    return new TrainBenchOrder(
        threads.orElse(Runtime.getRuntime().availableProcessors()),
        backend.equals("auto") ? Optional.empty() : Optional.of(backend),
        shape(vocabulary),
        batch,
        steps,
        warmup,
        new LearningSchedule(rate, Math.round(ramp * all), all, 0.1),
        OptimizerSpec.DEFAULT,
        Numeric.DEFAULT,
        seed,
        Optional.empty(),
        text,
        ceiling);
  }

  private ModelShape shape(int vocabulary) {
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("family", family);
    choice.put("depth", (long) layers);
    width.ifPresent(value -> choice.put("width", (long) value));
    heads.ifPresent(value -> choice.put("heads", (long) value));
    kvHeads.ifPresent(value -> choice.put("kvHeads", (long) value));
    inner.ifPresent(value -> choice.put("inner", (long) value));
    return CanonicalJson.read(Json.line(choice), ModelChoice.class).shape(vocabulary, context);
  }
}
