package dev.rootstock.console.cli;

import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.activities.report.RunEvent;
import dev.rootstock.activities.report.RunFailure;
import dev.rootstock.activities.report.RunRecord;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Refused;
import dev.rootstock.console.Session;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import io.temporal.client.WorkflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "runs",
    description = "What happened: list, show, watch, rerun, logs, cancel, pause, resume.")
final class RunsCommand {
  private final Terminal terminal;

  RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(description = "Every run that the store knows, newest first.")
  int list(@Mixin StoreOption store, @Mixin Output output) throws IOException {
    try (Platform platform = Platform.here()) {
      List<RunCatalog.Summary> runs =
          platform.runs(store.place()).list().stream().map(platform::seen).toList();
      Table table = new Table("run", "state", "began", "base", "finetunes", "failed");
      for (RunCatalog.Summary run : runs) {
        table.row(
            run.run(),
            run.state(),
            run.began().map(Figures::time).orElse("-"),
            run.base().orElse("-"),
            run.done() + "/" + run.finetunes(),
            run.failed());
      }
      output.write(
          terminal,
          "rootstock.runs/1",
          Map.of("runs", runs),
          runs.isEmpty() ? "" : table.toString());
      if (runs.isEmpty()) {
        terminal.say("No run in " + store.place() + " yet.");
        terminal.next("rootstock run FILE", "start one");
      } else {
        terminal.next("rootstock runs show " + runs.get(0).run(), "what it came to");
      }
      return Exit.DONE;
    }
  }

  @Command(description = "One run: its report, or how far it is.")
  int show(
      @Parameters(paramLabel = "RUN") String run, @Mixin StoreOption store, @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      RunCatalog.Summary summary = summary(platform, store.place(), run);
      RunRecord record = platform.runs(store.place()).open(run);
      Optional<PipelineResult> result = record.result();
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("summary", summary);
      result.ifPresent(ended -> whole.put("result", ended));
      whole.put("finetunes", record.finetunes());
      whole.put("failures", record.failures());
      whole.put("events", record.events());
      output.write(
          terminal, "rootstock.run/1", whole, record.report().orElse(events(summary, record)));
      result.ifPresentOrElse(
          ended ->
              terminal.next("rootstock models show " + ended.base().label(), "the base it grew"),
          () -> terminal.next("rootstock runs logs " + run, "what its engines wrote"));
      return Exit.DONE;
    }
  }

  private static RunCatalog.Summary summary(Platform platform, String store, String run)
      throws IOException {
    RunCatalog catalog = platform.runs(store);
    Optional<RunCatalog.Summary> found =
        run.matches("[a-z0-9][a-z0-9._-]*") ? catalog.find(run) : Optional.empty();
    if (found.isPresent()) {
      return platform.seen(found.get());
    }
    List<String> known = catalog.list().stream().map(RunCatalog.Summary::run).toList();
    throw new Refused(
        "there is no run "
            + run
            + " in "
            + store
            + CanonicalJson.nearest(run, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; see rootstock runs list"));
  }

  private static String events(RunCatalog.Summary summary, RunRecord record) throws IOException {
    StringBuilder text = new StringBuilder(summary.run() + " is " + summary.state() + "\n");
    for (RunEvent event : record.events()) {
      text.append(Figures.time(event.at()))
          .append("  ")
          .append(event.stage())
          .append("  ")
          .append(event.what())
          .append('\n');
    }
    for (RunFailure failure : record.failures()) {
      text.append(failure.name()).append(" failed: ").append(failure.reason()).append('\n');
    }
    return text.toString();
  }

  @Command(description = "Follow a run on a server that outlives the command.")
  int watch(
      @Parameters(paramLabel = "RUN") String run,
      @Mixin StoreOption store,
      @Mixin ServerOption server,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here();
        Session session = remote(platform, server)) {
      List<String> finetunes =
          platform.runs(store.place()).open(run).request().stream()
              .flatMap(request -> Ticker.names(request.pipeline()).stream())
              .toList();
      return new Following(terminal, platform, output)
          .toTheEnd(session, session.find(run), store.place(), finetunes);
    }
  }

  @Command(
      description = {
        "A new run over those finetunes of a run that failed, on the base it had; the rest is not touched."
      })
  int rerun(
      @Parameters(paramLabel = "RUN") String run,
      @Option(names = "--failed", required = true, description = "only those that failed")
          boolean failed,
      @Option(
              names = "--name",
              paramLabel = "RUN",
              description = "the new run's name; default: made of the pipeline's and the time")
          @Nullable String name,
      @Option(names = "--detach", description = "start it and leave, where the server goes on")
          boolean detach,
      @Mixin StoreOption store,
      @Mixin ServerOption server,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      summary(platform, store.place(), run);
      PipelineRequest before = platform.runs(store.place()).open(run).request().orElseThrow();
      return new Following(terminal, platform, output)
          .start(
              before.afterFailures(run, Optional.ofNullable(name)),
              store.place(),
              server.address(),
              detach);
    }
  }

  @Command(description = "What a run's engines wrote on this machine.")
  int logs(
      @Parameters(paramLabel = "RUN") String run,
      @Option(
              names = "--lines",
              defaultValue = "40",
              description = "of each; default ${DEFAULT-VALUE}")
          int lines)
      throws IOException {
    Path folder = Platform.here().workspace().folder().resolve("logs").resolve(run);
    if (!Files.isDirectory(folder)) {
      throw new Refused(
          "no engine of run " + run + " has worked in this folder; there is no " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        List<String> text = Files.readAllLines(file);
        terminal.out().println("== " + file);
        text.subList(Math.max(0, text.size() - lines), text.size())
            .forEach(terminal.out()::println);
      }
    }
    return Exit.DONE;
  }

  @Command(description = "Stop a run; a shared stage that others wait for goes on.")
  int cancel(@Parameters(paramLabel = "RUN") String run, @Mixin ServerOption server) {
    try (Platform platform = Platform.here();
        Session session = remote(platform, server)) {
      session.find(run).cancel();
      terminal.say("run " + run + " is asked to stop; what it finished stays.");
      terminal.next("rootstock runs watch " + run, "see it end");
      return Exit.DONE;
    }
  }

  @Command(
      description = "Save and stop the pretraining that a run waits for, for all who wait for it.")
  int pause(@Parameters(paramLabel = "RUN|pretrain/FP") String run, @Mixin ServerOption server) {
    try (Platform platform = Platform.here();
        Session session = remote(platform, server)) {
      try {
        session.pretraining(run).pause();
      } catch (WorkflowException refused) {
        throw new Refused("it can not be paused: " + deepest(refused), refused);
      }
      terminal.say("Saved and paused.");
      terminal.next("rootstock runs resume " + run, "go on");
      return Exit.DONE;
    }
  }

  @Command(description = "Go on with a paused pretraining.")
  int resume(@Parameters(paramLabel = "RUN|pretrain/FP") String run, @Mixin ServerOption server) {
    try (Platform platform = Platform.here();
        Session session = remote(platform, server)) {
      try {
        session.pretraining(run).resume();
      } catch (WorkflowException refused) {
        throw new Refused("it can not be resumed: " + deepest(refused), refused);
      }
      terminal.say("It goes on.");
      terminal.next("rootstock runs watch " + run, "follow it");
      return Exit.DONE;
    }
  }

  /** Another process' runs are on a server that both can reach, or nowhere. */
  private static Session remote(Platform platform, ServerOption server) {
    return platform
        .remote(server.address())
        .orElseThrow(
            () ->
                new Refused(
                    "no Temporal server is named, so runs live in the command that started them: stop that one by Ctrl-C."
                        + " To reach runs from here, let TEMPORAL_ADDRESS name a server."));
  }

  private static String deepest(Throwable fault) {
    Throwable deepest = fault;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
