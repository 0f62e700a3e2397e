package dev.rootstock.console.cli;

import dev.rootstock.console.PipelineFile;
import dev.rootstock.console.PipelinePaths;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.PipelineRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "finetune",
    description = {
      "Graft more onto a registered base; nothing is pretrained.",
      "",
      "  rootstock finetune --base demo@production --task mine.yaml",
      "",
      "The file holds one finetune, or a list of them, as a pipeline file has under finetunes."
    })
final class FinetuneCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "MODEL",
      description = "NAME@ALIAS or NAME@3")
  private String base = "";

  @Option(names = "--task", required = true, paramLabel = "FILE", description = "what to graft")
  private Path task = Path.of("");

  @Parameters(paramLabel = "KEY=VALUE", description = "as for run: finetunes.0.data=reviews.csv")
  private List<String> overrides = List.of();

  @Option(
      names = "--name",
      paramLabel = "RUN",
      description = "the run's name; default: made of the base's and the time")
  private @Nullable String name;

  @Mixin private final AtOnceOption atOnce = new AtOnceOption();
  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  FinetuneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Platform platform = Platform.here()) {
      PipelineFile pipeline = PipelineFile.readTask(task, store.place(), base, overrides);
      PipelineSpec spec = pipeline.spec(platform::preflight);
      return new Following(terminal, platform, output)
          .start(
              pipeline,
              new PipelineRequest(
                  Optional.ofNullable(name),
                  PipelinePaths.absolute(spec),
                  Map.of(),
                  Optional.empty(),
                  atOnce.window()),
              spec.store(),
              server.address(),
              false);
    }
  }
}
