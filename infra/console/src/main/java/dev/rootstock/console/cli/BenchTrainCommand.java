package dev.rootstock.console.cli;

import dev.rootstock.console.Platform;
import dev.rootstock.console.TrainBench;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = {
      "Time the steps of one training on made-up tokens, with the model's matrix products alone as the bound and,",
      "if asked for, PyTorch on the same first weights and rows, the sides in turn. Keeps nothing."
    },
    footer = {
      "",
      "Examples:",
      "  rootstock bench train --family gpt2 --layers 6 --width 384 --heads 6 --context 256 --vocabulary 8192 -o json",
      "  rootstock bench train --layers 8 --kv-heads 2 --threads 1 --runs 10 --peer python3 --compile",
      "",
      "A figure of one run on a busy machine says little; the ratio of neighbouring runs says more.",
      "FLOPs a token: 6 a weight in a product, and 6 x layers x width x context (llm.c's formula)."
    })
final class BenchTrainCommand implements Callable<Integer> {
  private static final double RAMP = 0.1; // share of steps in which the rate rises
  private static final int RUNS = 10;

  private final Terminal terminal;

  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Option(names = "--vocabulary", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private int vocabulary = 8192;

  @Option(names = "--steps", paramLabel = "N", description = "timed (default ${DEFAULT-VALUE})")
  private long steps = 10;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "steps before those (default ${DEFAULT-VALUE})")
  private long warmup = 3;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "processes of each side (default 10; 1 without a peer)")
  private Optional<Integer> runs = Optional.empty();

  @Option(
      names = "--peer",
      paramLabel = "PYTHON",
      description = "an interpreter with torch, numpy and safetensors")
  private Optional<String> peer = Optional.empty();

  @Option(names = "--compile", description = "time torch.compile beside eager PyTorch")
  private boolean compile;

  @Option(
      names = "--peak",
      paramLabel = "GFLOPS",
      description = "of this machine, for MFU (default: the measured products)")
  private Optional<Double> peak = Optional.empty();

  @Mixin private final Output output = new Output();

  BenchTrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int times = runs.orElse(peer.isPresent() ? RUNS : 1);
    new Check()
        .positive("--runs", times)
        .positive("--vocabulary", vocabulary)
        .that(!compile || peer.isPresent(), "--compile", "given", "given with --peer PYTHON")
        .done();
    TrainBenchOrder order = training.order(vocabulary, steps, warmup, RAMP, Optional.empty(), true);
    List<TrainBenchRun> ours = new ArrayList<>();
    List<TrainBenchRun> eager = new ArrayList<>();
    List<TrainBenchRun> compiled = new ArrayList<>();
    List<Double> loads = new ArrayList<>();
    try (Platform platform = Platform.here();
        TrainBench bench =
            new TrainBench(platform.engines(), platform.home(), platform.workspace())) {
      for (int run = 1; run <= times; run++) {
        String number = " " + run + "/" + times;
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        ours.add(bench.run(order, peer.isPresent(), new Loading(terminal, "rootstock" + number)));
        if (peer.isPresent()) {
          terminal.draw(List.of("torch" + number));
          eager.add(bench.peer(peer.get(), false));
          if (compile) {
            compiled.add(bench.peer(peer.get(), true));
          }
        }
      }
    }
    TrainTable table = new TrainTable(order, ours, eager, compiled, loads, peak);
    output.write(terminal, "rootstock.bench.train/1", table.tree(), table.toString());
    return Exit.DONE;
  }
}
