package dev.rootstock.console.cli;

import dev.rootstock.console.DataBench;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.engine.DataBenchOrder.Side;
import dev.rootstock.contract.engine.DataBenchRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "data",
    description = {
      "Clean, deduplicate, tokenize and write one corpus by the pipeline and by a plain loop over the same",
      "steps, in turn, and compare. Writes some ten times the corpus below .rootstock/bench, and removes it."
    })
final class BenchDataCommand implements Callable<Integer> {
  private static final int WORKERS = 2; // processes of the peer

  private final Terminal terminal;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      description = "size of the made-up corpus (default ${DEFAULT-VALUE})",
      defaultValue = "300")
  private int megabytes;

  @Option(
      names = "--source",
      paramLabel = "GLOB",
      arity = "1..*",
      description = "files of your own in place of a made-up corpus")
  private List<String> source = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "of each side (default ${DEFAULT-VALUE})",
      defaultValue = "3")
  private int runs;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "(default ${DEFAULT-VALUE})",
      defaultValue = "8192")
  private int vocabulary;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description = "as in a pipeline file: flink (default), spark, or JSON")
  private String runner = "flink";

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description = "python: datatrove on the same files, which are JSONL then")
  private Optional<Peer> peer = Optional.empty();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description =
          "with what infra/bench/requirements.txt lists (default: ROOTSTOCK_PYTHON, else python3)")
  private Optional<String> python = Optional.empty();

  @Mixin private final Output output = new Output();

  enum Peer {
    PYTHON
  }

  BenchDataCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunnerSpec where =
        CanonicalJson.read(
            runner.startsWith("{") ? runner : "\"" + runner + "\"", RunnerSpec.class);
    try (Platform platform = Platform.here();
        DataBench bench =
            new DataBench(
                platform.engines(), platform.home(), platform.workspace(), where, vocabulary)) {
      List<String> files =
          source.isEmpty()
              ? bench.madeUp(megabytes * 1_000_000L, new Loading(terminal, "corpus"))
              : DataBench.given(source);
      BenchTable table = run(bench, files);
      output.write(terminal, "rootstock.bench.data/1", table.tree(), table.toString());
      return Exit.DONE;
    }
  }

  /** All sides in turn, so that what else the machine does hits them alike. */
  private BenchTable run(DataBench bench, List<String> files) {
    List<DataBenchRun> pipeline = new ArrayList<>();
    List<DataBenchRun> loop = new ArrayList<>();
    List<DataBenchRun> other = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      String number = run + "/" + runs;
      pipeline.add(bench.run(Side.PIPELINE, files, new Loading(terminal, "pipeline " + number)));
      if (peer.isPresent()) {
        String tokenizer = pipeline.get(pipeline.size() - 1).tokenizer().orElseThrow();
        other.add(bench.peer(interpreter(), files, tokenizer, WORKERS));
      }
      loop.add(bench.run(Side.LOOP, files, new Loading(terminal, "plain loop " + number)));
    }
    return new BenchTable(pipeline, loop, other);
  }

  private String interpreter() {
    return python
        .or(() -> Optional.ofNullable(System.getenv("ROOTSTOCK_PYTHON")))
        .orElse("python3");
  }
}
