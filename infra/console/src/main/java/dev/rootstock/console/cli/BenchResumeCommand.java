package dev.rootstock.console.cli;

import dev.rootstock.console.Platform;
import dev.rootstock.console.ResumeBench;
import dev.rootstock.console.ResumeBench.Verdict;
import dev.rootstock.console.ResumeCase;
import dev.rootstock.contract.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "resume",
    description = {
      "Show that a training that was cut short and resumed ends in the same bytes as one that never stopped: "
          + ResumeBench.STEPS
          + " steps",
      "of a tiny model by the real engines, killed, asked to leave, saved more often, in parts. Compares the sha256 of",
      "weights, moments and trainer state, and every loss. Ends with 1 unless all are equal. Keeps nothing."
    },
    footer = {"", "Example:", "  rootstock bench resume --threads 2 -o json"})
final class BenchResumeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--backend", paramLabel = "NAME", description = "auto (default), cpu or nd4j")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "of each engine (default: all cores)")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--interpreted",
      description = "also end one training in a JVM without a compiler, which takes long")
  private boolean interpreted;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "only the first so many (default: all)")
  private Optional<Integer> cases = Optional.empty();

  @Mixin private final Output output = new Output();

  BenchResumeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int lanes = threads.orElse(Runtime.getRuntime().availableProcessors());
    List<ResumeCase> all = ResumeCase.all(interpreted);
    int many = cases.orElse(all.size());
    new Check()
        .positive("--threads", lanes)
        .that(many > 0 && many <= all.size(), "--cases", many, "between 1 and " + all.size())
        .done();
    Optional<String> opened = backend.equals("auto") ? Optional.empty() : Optional.of(backend);
    List<Verdict> verdicts = new ArrayList<>();
    try (Platform platform = Platform.here();
        ResumeBench bench =
            new ResumeBench(
                platform.engines(), platform.home(), platform.workspace(), lanes, opened)) {
      bench.prepare(new Loading(terminal, "tokens"));
      for (ResumeCase one : all.subList(0, many)) {
        terminal.draw(List.of(one.name()));
        verdicts.add(bench.judge(one));
      }
    }
    boolean exact = verdicts.stream().allMatch(Verdict::exact);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("exact", exact);
    tree.put("steps", ResumeBench.STEPS);
    tree.put("threads", lanes);
    tree.put("cases", verdicts);
    output.write(terminal, "rootstock.bench.resume/1", tree, table(verdicts, exact));
    return exact ? Exit.DONE : Exit.FAILED;
  }

  private static String table(List<Verdict> verdicts, boolean exact) {
    Table table = new Table("training", "went on from", "weights", "moments", "state", "losses");
    for (Verdict verdict : verdicts) {
      table.row(
          verdict.name(),
          verdict.cut()
              ? verdict.resumedFrom().stream()
                  .skip(1)
                  .map(String::valueOf)
                  .collect(Collectors.joining(", "))
              : "COULD NOT BE CUT",
          word(verdict.weights()),
          word(verdict.moments()),
          word(verdict.state()),
          word(verdict.losses()));
    }
    return table
        + (exact
            ? "every byte as in a training that never stopped\n"
            : "NOT the same as a training that never stopped\n");
  }

  private static String word(boolean same) {
    return same ? "same" : "DIFFERENT";
  }
}
