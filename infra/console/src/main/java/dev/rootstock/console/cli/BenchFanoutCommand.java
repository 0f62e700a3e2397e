package dev.rootstock.console.cli;

import dev.rootstock.console.FanoutBench;
import dev.rootstock.console.FanoutBench.Carrier;
import dev.rootstock.console.FanoutBench.History;
import dev.rootstock.console.FanoutBench.Measured;
import dev.rootstock.console.Platform;
import dev.rootstock.console.server.TemporalBinary;
import dev.rootstock.contract.Check;
import java.util.ArrayList;
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
    name = "fanout",
    description = {
      "Time a long list of finetunes that train nothing: what each costs beside its training, in the server, the plan,",
      "the registry and the records. On the embedded server and, where there is one, on the real one, which is started",
      "for this alone. Ends with 1 where one was lost. Keeps nothing."
    },
    footer = {
      "",
      "Example:",
      "  rootstock bench fanout --jobs 1000 --failing 3 -o json",
      "",
      "The first round also pays for compiling and warming up; the last is what is told."
    })
final class BenchFanoutCommand implements Callable<Integer> {
  private static final Map<Carrier, Double> GOALS =
      Map.of(Carrier.EMBEDDED, 10.0, Carrier.REAL, 30.0); // milliseconds a job

  /**
   * Where a server suggests to go on as new; see the limits of Temporal's dynamic configuration.
   */
  private static final int SUGGESTED_EVENTS = 4096;

  private static final long SUGGESTED_BYTES = 4 << 20;

  private final Terminal terminal;

  @Option(names = "--jobs", paramLabel = "N", description = "finetunes (default ${DEFAULT-VALUE})")
  private int jobs = 1000;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "asked for at once (default ${DEFAULT-VALUE})")
  private int window = 50;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "carried out at once (default: as many as cores)")
  private int slots = Runtime.getRuntime().availableProcessors();

  @Option(names = "--failing", paramLabel = "N", description = "that fail for good (default 0)")
  private int failing;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "on each server (default ${DEFAULT-VALUE})")
  private int rounds = 2;

  @Option(
      names = "--server",
      paramLabel = "WHICH",
      description = "embedded or real (default: both, where there is a real one)")
  private Optional<Carrier> only = Optional.empty();

  @Mixin private final Output output = new Output();

  BenchFanoutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    new Check()
        .that(jobs > 50, "--jobs", jobs, "above 50, for shorter lists have a workflow for each")
        .that(window > 0 && window <= 500, "--window", window, "from 1 to 500")
        .positive("--slots", slots)
        .positive("--rounds", rounds)
        .that(failing >= 0 && failing <= jobs, "--failing", failing, "at most --jobs")
        .done();
    List<Carrier> carriers = new ArrayList<>(only.map(List::of).orElse(List.of(Carrier.EMBEDDED)));
    if (only.isEmpty() && TemporalBinary.find(System.getenv()).isPresent()) {
      carriers.add(Carrier.REAL);
    }
    List<Measured> measured = new ArrayList<>();
    FanoutBench.Load load = new FanoutBench.Load(jobs, window, slots, failing);
    try (Platform platform = Platform.here();
        FanoutBench bench = platform.fanoutBench()) {
      for (Carrier carrier : carriers) {
        terminal.draw(List.of(carrier.toString().toLowerCase(Locale.ROOT)));
        measured.addAll(bench.run(carrier, load, rounds));
      }
    }
    boolean whole =
        measured.stream().allMatch(run -> run.failed() == failing && run.done() == jobs - failing);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("load", load);
    tree.put("whole", whole);
    tree.put("last", last(carriers, measured));
    tree.put("runs", measured);
    output.write(terminal, "rootstock.bench.fanout/1", tree, table(measured, carriers));
    return whole ? Exit.DONE : Exit.FAILED;
  }

  /** The last round of each server beside its goal. */
  private static List<Map<String, Object>> last(List<Carrier> carriers, List<Measured> measured) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Carrier carrier : carriers) {
      Measured run = last(carrier, measured);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("carrier", carrier);
      figures.put("millisecondsPerJob", run.millisecondsPerJob());
      figures.put("goalMillisecondsPerJob", GOALS.get(carrier));
      figures.put("mostEvents", most(run).events());
      figures.put("mostBytes", run.histories().stream().mapToLong(History::bytes).max().orElse(0));
      figures.put("suggestedEvents", SUGGESTED_EVENTS);
      figures.put("suggestedBytes", SUGGESTED_BYTES);
      all.add(figures);
    }
    return all;
  }

  private static Measured last(Carrier carrier, List<Measured> measured) {
    return measured.stream()
        .filter(run -> run.carrier() == carrier)
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  private static History most(Measured run) {
    return run.histories().stream()
        .max(java.util.Comparator.comparing(History::events))
        .orElseThrow();
  }

  private static String table(List<Measured> measured, List<Carrier> carriers) {
    Table table =
        new Table(
            "server",
            "jobs",
            "failed",
            "seconds",
            "ms a job",
            "processor ms",
            "of the server",
            "histories",
            "events",
            "KB");
    for (Measured run : measured) {
      table.row(
          run.carrier().toString().toLowerCase(Locale.ROOT),
          run.jobs(),
          run.failed(),
          String.format(Locale.ROOT, "%.1f", run.seconds()),
          String.format(Locale.ROOT, "%.1f", run.millisecondsPerJob()),
          String.format(Locale.ROOT, "%.1f", run.processorMillisecondsPerJob()),
          String.format(Locale.ROOT, "%.1f", run.serverMillisecondsPerJob()),
          run.histories().size(),
          most(run).events(),
          most(run).bytes() / 1000);
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (Carrier carrier : carriers) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %.1f ms a job, goal at most %.0f%n",
              carrier.toString().toLowerCase(Locale.ROOT),
              last(carrier, measured).millisecondsPerJob(),
              GOALS.get(carrier)));
    }
    return text.toString();
  }
}
