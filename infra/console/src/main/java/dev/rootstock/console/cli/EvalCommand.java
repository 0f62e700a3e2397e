package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.Scores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "eval",
    description = "How well a model foresees a text: bits per byte, fewer is better.")
final class EvalCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "UTF-8 text")
  private Path text = Path.of("");

  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final Output output = new Output();

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      Scores scores =
          platform
              .engines()
              .evaluate(
                  platform.store(store.place()).root().toString(),
                  version.checkpoint(),
                  text,
                  new Loading(terminal, "evaluate"));
      Table table = new Table("model", "metric", "value", "items");
      new TreeMap<>(scores.values())
          .forEach(
              (metric, value) ->
                  table.row(version.ref().label(), metric, Figures.score(value), scores.items()));
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version.ref().label());
      whole.put("text", text.toString());
      whole.put("scores", scores);
      output.write(terminal, "rootstock.scores/1", whole, table.toString());
      terminal.next("rootstock models show " + version.ref().label(), "its other scores");
      return Exit.DONE;
    }
  }
}
