package dev.rootstock.console.cli;

import dev.rootstock.activities.forecast.Forecast;
import dev.rootstock.console.PipelineFile;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.pipeline.PipelineSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description =
        "What a run would make, what it would reuse and from whom, and what it would cost in time"
            + " and memory.")
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "the pipeline file")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "in place of what the file says, as for run")
  private List<String> overrides = List.of();

  @Option(
      names = "--detailed-exitcode",
      description =
          "end with 0 if everything is there, 2 if there is work to do, 1 if the file is wrong")
  private boolean detailed;

  @Mixin private final Output output = new Output();

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Platform platform = Platform.here()) {
      PipelineSpec spec = PipelineFile.read(file, overrides).spec(platform::preflight);
      Forecast forecast = platform.plan(spec);
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("complete", forecast.complete());
      whole.put("stages", forecast.stages());
      whole.put("toMake", forecast.toMake());
      whole.put("saved", forecast.saved());
      whole.put("basis", forecast.basis());
      forecast.free().ifPresent(free -> whole.put("free", free));
      output.write(terminal, "rootstock.plan/1", whole, table(forecast));
      String arguments = overrides.isEmpty() ? "" : " " + String.join(" ", overrides);
      terminal.next(
          "rootstock run " + file + arguments, forecast.complete() ? "hands it over" : "does it");
      return detailed && !forecast.complete() ? Exit.WORK_TO_DO : Exit.DONE;
    } catch (RuntimeException wrong) {
      if (!detailed) {
        throw wrong;
      }
      new Voice(terminal).tell(wrong); // 2 means work to do here
      return Exit.FAILED;
    }
  }

  static String table(Forecast forecast) {
    Table table = new Table("stage", "would be", "by", "device time", "memory", "fingerprint");
    long there = 0;
    for (Forecast.Line line : forecast.stages()) {
      there += line.reused() ? 1 : 0;
      String by =
          line.maker()
              .map(maker -> maker + ", " + line.madeAt().map(Figures::time).orElse(""))
              .orElse("-");
      String made = line.from().map(step -> "GROWN ON from step " + step).orElse("MADE");
      String time = Figures.seconds(line.cost().seconds());
      table.row(
          line.name(),
          line.reused() ? "REUSED" : made,
          by,
          line.reused() ? time : "about " + time,
          line.memory().map(Figures::bytes).orElse("-"),
          line.fingerprint().brief());
    }
    int stages = forecast.stages().size();
    return table
        + String.valueOf(stages)
        + " stages, "
        + there
        + " reused, "
        + (stages - there)
        + " to make in about "
        + Figures.seconds(forecast.toMake().seconds())
        + " ("
        + forecast.basis()
        + "), "
        + Figures.seconds(forecast.saved().seconds())
        + " saved\n"
        + tight(forecast);
  }

  /** Which trainings would be refused here now; the engine that refuses says the ways out. */
  private static String tight(Forecast forecast) {
    StringBuilder words = new StringBuilder();
    for (Forecast.Line line : forecast.stages()) {
      long free = forecast.free().orElse(Long.MAX_VALUE);
      if (line.memory().orElse(0L) > free) {
        words
            .append(line.name())
            .append(" needs at most ")
            .append(Figures.bytes(line.memory().get()))
            .append(" of memory, and ")
            .append(Figures.bytes(free))
            .append(" are free to it here\n");
      }
    }
    return words.toString();
  }
}
