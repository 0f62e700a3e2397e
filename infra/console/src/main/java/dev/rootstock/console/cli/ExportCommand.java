package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelCard;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.Exported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Write a Hugging Face folder that transformers loads; an adapter is merged into its base,"
            + " or with --adapter given out alone, as peft loads it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rootstock export story out",
      "  rootstock export qwen@imported out --dtype bfloat16 --shard-bytes 2000000000",
      "  rootstock export mood out --adapter"
    })
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "does not exist yet, or is empty")
  private Path folder = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "DTYPE",
      description =
          "of the weights: ${COMPLETION-CANDIDATES}; default: that of an imported base, else float32")
  private Optional<ExportOrder.Dtype> dtype = Optional.empty();

  @Option(
      names = "--shard-bytes",
      paramLabel = "N",
      defaultValue = "5000000000",
      description = "of weights in one file, at most; default ${DEFAULT-VALUE}")
  private long shardBytes = 5_000_000_000L;

  @Option(
      names = "--adapter",
      description = "the adapter's own files alone, as they lie in the store, for peft")
  private boolean adapter;

  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final Output output = new Output();

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      Exported exported =
          platform
              .engines()
              .export(
                  platform.store(store.place()).root().toString(),
                  version.checkpoint(),
                  folder,
                  dtype,
                  shardBytes,
                  adapter ? ExportOrder.Content.ADAPTER : ExportOrder.Content.MERGED,
                  new Loading(terminal, "export"));
      List<String> files = new ArrayList<>(exported.files());
      Path card = folder.resolve("README.md");
      if (!Files.exists(card)) {
        Files.writeString(card, ModelCard.of(version));
        files.add("README.md");
      }
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version.ref().label());
      whole.put("folder", folder.toAbsolutePath().normalize().toString());
      whole.put("files", files);
      output.write(
          terminal,
          "rootstock.exported/1",
          whole,
          folder + "\n  " + String.join("\n  ", files) + "\n");
      terminal.next(
          "rootstock models verify " + version.ref().label(),
          "the same bytes in the store, checked");
      return Exit.DONE;
    }
  }
}
