package dev.rootstock.console.cli;

import dev.rootstock.console.Engines;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.engine.AdaptersBenchOrder;
import dev.rootstock.contract.engine.AdaptersBenchRun;
import dev.rootstock.contract.engine.TrainBenchOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "adapters",
    description = {
      "Time many adapters learned together over one base beside the same adapters learned one after",
      "another, each in a process of its own, on made-up rows. Says whether both learned the same. Keeps nothing."
    },
    footer = {
      "",
      "Examples:",
      "  rootstock bench adapters --adapters 8 --batch 8 --tokens 48 -o json",
      "  rootstock bench adapters --family gpt2 --layers 12 --vocabulary 8192 --rank 8 --runs 3",
      "",
      "Seconds count from the start of a process; step seconds leave out its start and the warm-up."
    })
final class BenchAdaptersCommand implements Callable<Integer> {
  private static final double RAMP = 0.1; // share of steps in which the rate rises

  private final Terminal terminal;

  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Option(names = "--adapters", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int adapters = 8;

  @Option(names = "--rank", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int rank = 8;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "of a row at most, half as many at least (default ${DEFAULT-VALUE})")
  private int tokens = 48;

  @Option(
      names = "--answers",
      paramLabel = "N",
      description = "tokens of a row that are learned (default ${DEFAULT-VALUE})")
  private int answers = 2;

  @Option(names = "--vocabulary", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int vocabulary = 8192;

  @Option(names = "--steps", paramLabel = "N", description = "timed (default ${DEFAULT-VALUE})")
  private long steps = 40;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "steps before those (default ${DEFAULT-VALUE})")
  private long warmup = 10;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "of both sides, in turn (default ${DEFAULT-VALUE})")
  private int runs = 1;

  @Mixin private final Output output = new Output();

  BenchAdaptersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    new Check()
        .that(adapters > 1, "--adapters", adapters, "at least 2")
        .positive("--runs", runs)
        .positive("--rank", rank)
        .done();
    TrainBenchOrder order =
        training.order(vocabulary, steps, warmup, RAMP, Optional.empty(), false);
    AdaptersTable table = new AdaptersTable(order, adapters);
    try (Platform platform = Platform.here()) {
      for (int run = 1; run <= runs; run++) {
        table.add(run(platform.engines(), order, run));
      }
    }
    output.write(terminal, "rootstock.bench.adapters/1", table.tree(), table.toString());
    return Exit.DONE;
  }

  private AdaptersTable.Round run(Engines engines, TrainBenchOrder order, int run) {
    String of = " " + run + "/" + runs;
    List<AdaptersBenchRun> alone = new ArrayList<>();
    for (int job = 0; job < adapters; job++) {
      String name = "adapter " + (job + 1) + of;
      alone.add(engines.bench(some(order, List.of(job)), new Loading(terminal, name)));
    }
    List<Integer> all = IntStream.range(0, adapters).boxed().toList();
    return new AdaptersTable.Round(
        alone, engines.bench(some(order, all), new Loading(terminal, "all adapters" + of)));
  }

  private AdaptersBenchOrder some(TrainBenchOrder order, List<Integer> jobs) {
    return new AdaptersBenchOrder(order, new LoraSpec(rank, 2.0 * rank), tokens, answers, jobs);
  }
}
