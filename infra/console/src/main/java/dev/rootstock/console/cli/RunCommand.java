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
    name = "run",
    description = {
      "Start a pipeline and follow it.",
      "",
      "Whatever was made before from the same text and settings is reused. Ctrl-C saves and leaves, or, with a server that"
          + " goes on, only stops following. Relative paths in the file are relative to the current directory.",
      "",
      "  rootstock run examples/text.yaml corpus.sources.0.path=notes finetunes.0.data=reviews.csv"
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "the pipeline file")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description =
          "in place of what the file says; an item of a list by index or name; =@FILE takes a file's content")
  private List<String> overrides = List.of();

  @Option(
      names = "--name",
      paramLabel = "RUN",
      description = "the run's name; default: made of the pipeline's and the time")
  private @Nullable String name;

  @Option(names = "--detach", description = "start it and leave, where the server goes on")
  private boolean detach;

  @Mixin private final AtOnceOption atOnce = new AtOnceOption();
  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Platform platform = Platform.here()) {
      PipelineFile pipeline = PipelineFile.read(file, overrides);
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
              detach);
    }
  }
}
