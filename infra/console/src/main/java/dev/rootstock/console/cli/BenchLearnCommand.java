package dev.rootstock.console.cli;

import dev.rootstock.console.Platform;
import dev.rootstock.console.TrainBench;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "learn",
    description = {
      "Train one model on your text and compare its bits per byte on the tenth of the documents that was held out",
      "with PyTorch's: same first weights, rows and rates. Ends with 1 if ours is more than --tolerance higher."
    },
    footer = {
      "",
      "Example:",
      "  rootstock bench learn --text wiki.valid.txt shakespeare.txt --layers 2 --steps 500 --peer python3"
    })
final class BenchLearnCommand implements Callable<Integer> {
  private static final double RAMP =
      0.05; // share of steps in which the rate rises, as in a pipeline

  private final Terminal terminal;

  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Option(
      names = "--text",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "UTF-8; some paragraphs are a document")
  private List<Path> text = List.of();

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "a tokenizer.json (default: bytes)")
  private Optional<Path> tokenizer = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "(default ${DEFAULT-VALUE})")
  private long steps = 300;

  @Option(
      names = "--peer",
      paramLabel = "PYTHON",
      description = "an interpreter with torch, numpy and safetensors; none: only ours")
  private Optional<String> peer = Optional.empty();

  @Option(names = "--tolerance", paramLabel = "SHARE", description = "(default ${DEFAULT-VALUE})")
  private double tolerance = 0.005;

  @Mixin private final Output output = new Output();

  BenchLearnCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    new Check().that(tolerance >= 0, "--tolerance", tolerance, "0 or more").done();
    TrainBenchOrder.Text from =
        new TrainBenchOrder.Text(
            text.stream().map(file -> readable("--text", file)).toList(),
            tokenizer.map(file -> readable("--tokenizer", file)));
    TrainBenchOrder order = training.order(vocabulary(), steps, 0, RAMP, Optional.of(from), false);
    try (Platform platform = Platform.here();
        TrainBench bench =
            new TrainBench(platform.engines(), platform.home(), platform.workspace())) {
      TrainBenchRun ours = bench.run(order, peer.isPresent(), new Loading(terminal, "rootstock"));
      terminal.draw(List.of("torch"));
      Optional<TrainBenchRun> theirs = peer.map(python -> bench.peer(python, false));
      return tell(order, ours, theirs);
    }
  }

  private int tell(TrainBenchOrder order, TrainBenchRun ours, Optional<TrainBenchRun> theirs) {
    TrainBenchRun.HeldOut held = ours.heldOut().orElseThrow();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("bits_per_byte", held.bitsPerByte());
    tree.put("parameters", ours.parameters());
    tree.put("tokens", order.steps() * order.batch() * order.shape().context());
    tree.put("held_out_bytes", held.bytes());
    tree.put("backend", ours.backend());
    tree.put("losses", ours.losses());
    String words =
        String.format(
            Locale.ROOT,
            "%.4f bits per byte on %d held-out bytes after %d steps of %d tokens%n",
            held.bitsPerByte(),
            held.bytes(),
            order.steps(),
            (long) order.batch() * order.shape().context());
    boolean asGood = true;
    if (theirs.isPresent()) {
      double peers = theirs.get().heldOut().orElseThrow().bitsPerByte();
      asGood = held.bitsPerByte() <= peers * (1 + tolerance);
      tree.put("torch_bits_per_byte", peers);
      tree.put("torch_backend", theirs.get().backend());
      tree.put("torch_losses", theirs.get().losses());
      tree.put("ratio", held.bitsPerByte() / peers);
      tree.put("as_good", asGood);
      words +=
          String.format(
              Locale.ROOT,
              "torch: %.4f; ours is %s by %.4f %%, %s %.2f %%%n",
              peers,
              held.bitsPerByte() <= peers ? "lower" : "higher",
              100 * Math.abs(held.bitsPerByte() / peers - 1),
              asGood ? "within" : "OUTSIDE of",
              100 * tolerance);
    }
    output.write(terminal, "rootstock.bench.learn/1", tree, words);
    return asGood ? Exit.DONE : Exit.FAILED;
  }

  private int vocabulary() {
    if (tokenizer.isEmpty()) {
      return BytePairTokenizer.learned(TokenizerSpec.PreTokenizer.GPT2, List.of()).vocabulary();
    }
    try {
      return BytePairTokenizer.read(Files.readAllBytes(tokenizer.get())).vocabulary();
    } catch (IOException unreadable) {
      throw new InvalidConfig(
          Problem.of("--tokenizer", tokenizer.get(), "a file that can be read"));
    }
  }

  private static String readable(String option, Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidConfig(Problem.of(option, file, "a file that can be read"));
    }
    return file.toAbsolutePath().normalize().toString();
  }
}
