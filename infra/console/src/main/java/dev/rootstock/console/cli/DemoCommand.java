package dev.rootstock.console.cli;

import dev.rootstock.activities.forecast.Forecast;
import dev.rootstock.console.Checkup;
import dev.rootstock.console.Engines;
import dev.rootstock.console.PipelineFile;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Run;
import dev.rootstock.console.Session;
import dev.rootstock.console.demo.DemoFolder;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "The whole story in minutes: a generated village, a base, four finetunes beside their twins from scratch, a kill -9",
      "in the middle, then the same again for nothing, and one graft more. Everything lies in ./rootstock-demo."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String BASE = "demo@production";
  private static final Engines.Sampling SAMPLING = new Engines.Sampling(40, 0.8, 0.95, 1);
  private static final Duration PATIENCE = Duration.ofMinutes(1); // for somebody to begin

  private final Terminal terminal;
  private final long began = System.nanoTime();

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      description = "a folder or s3://bucket/prefix; default: ./rootstock-demo/store")
  private @Nullable String place;

  @Mixin private final Output output = new Output();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    DemoFolder folder = DemoFolder.here();
    String store = Optional.ofNullable(place).orElse(folder.store());
    terminal.say(
        terminal.bold("rootstock demo")
            + ": about five minutes the first time, seconds after that.");
    terminal.say(
        "No network, no account. Everything lies in ./" + folder.path() + " and may be deleted.");
    folder.fill();
    try (Platform platform = Platform.here()) {
      ready(platform, store);
      PipelineFile file = PipelineFile.read(folder.pipeline(), List.of("store=" + store));
      PipelineSpec spec = file.spec(platform::preflight);
      Forecast forecast = platform.plan(spec);
      terminal.say("");
      PlanCommand.table(forecast).lines().forEach(terminal::say);
      try (Session session = platform.embedded()) {
        int exit =
            forecast.complete()
                ? again(platform, session, spec, store)
                : first(platform, session, spec, store);
        next(store);
        return exit;
      }
    }
  }

  private void ready(Platform platform, String store) {
    for (Checkup.Finding finding : new Checkup(platform).machine(store)) {
      terminal.say(
          (finding.well() ? "  ok   " : "  BAD  ") + finding.what() + ": " + finding.found());
    }
  }

  private int first(Platform platform, Session session, PipelineSpec spec, String store)
      throws IOException {
    act("1", "A base is grown, and four finetunes are grafted onto it.");
    Run run = session.start(spec, Optional.empty(), Map.of());
    try (Sabotage sabotage = new Sabotage(terminal, platform.workspace(), run)) {
      int exit = follow(platform, session, run, spec, store);
      sabotage.verdict();
      terminal.say("One seed stands behind each figure; what was forgotten is told in the report.");
      if (exit != Exit.DONE) {
        return exit;
      }
    }
    act("2", "The same pipeline again.");
    int exit = again(platform, session, spec, store);
    if (exit == Exit.DONE && terminal.isTyped()) {
      talk(platform, store);
    }
    return exit;
  }

  private int again(Platform platform, Session session, PipelineSpec spec, String store)
      throws IOException {
    int exit =
        follow(platform, session, session.start(spec, Optional.empty(), Map.of()), spec, store);
    return exit == Exit.DONE ? graft(platform, session, store) : exit;
  }

  private int graft(Platform platform, Session session, String store) {
    act("+", "A fifth task on the same base.");
    PipelineSpec spec =
        PipelineFile.readTask(DemoFolder.here().fifth(), store, BASE, List.of())
            .spec(platform::preflight);
    int exit =
        follow(platform, session, session.start(spec, Optional.empty(), Map.of()), spec, store);
    terminal.say(Figures.seconds((System.nanoTime() - began) / 1e9) + " from start to end.");
    return exit;
  }

  private void talk(Platform platform, String store) throws IOException {
    terminal.say("");
    terminal.say(
        terminal.bold("Begin a sentence, and the base goes on.")
            + " An empty line, or a minute of silence, ends it.");
    new Chat(terminal, platform)
        .hold(store, platform.model(store, BASE), SAMPLING, Optional.of(PATIENCE));
  }

  private void next(String store) {
    String option = " --store " + store;
    terminal.next("rootstock chat " + BASE + option, "let it go on from your words");
    terminal.next(
        "rootstock finetune --base " + BASE + " --task mine.yaml" + option, "graft your own");
    terminal.next(
        "rootstock plan " + DemoFolder.here().pipeline() + " pretrain.tokens=4e6",
        "what one change would cost");
    terminal.next("rootstock models list" + option, "what there is");
  }

  private int follow(Platform platform, Session session, Run run, PipelineSpec spec, String store) {
    terminal.say("run " + terminal.bold(run.name()) + "   store " + store);
    List<String> finetunes = spec.finetunes().stream().map(FinetuneChoice::name).toList();
    return new Following(terminal, platform, output).toTheEnd(session, run, store, finetunes);
  }

  private void act(String number, String words) {
    terminal.say("");
    terminal.say(terminal.bold("Act " + number + ". " + words));
  }
}
