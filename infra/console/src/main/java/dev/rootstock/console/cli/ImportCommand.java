package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.engine.Imported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Take a model over that was trained elsewhere: GPT-2, Llama, Qwen2 or Qwen3.",
      "Every byte is read and checked first; the same folder again changes nothing.",
      "Then it is a base like one grown here: base: NAME@imported in a pipeline's file.",
      "A LoRA adapter that PEFT saved comes in over the model that --base names."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  rootstock import Qwen2.5-0.5B --name qwen",
      "  rootstock import checkpoint-2000 --name story --alias production --store s3://bucket/store",
      "  rootstock import mood-lora --name mood --base qwen@imported"
    })
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "config.json, safetensors and tokenizer.json, as transformers saves them")
  private Path folder = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "a new name, or a known one that gets another version")
  private String name = "";

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      defaultValue = "imported",
      description = "points to it from now on; default ${DEFAULT-VALUE}")
  private String alias = "imported";

  @Option(
      names = "--adapter",
      description =
          "the folder's adapter alone; told by itself where adapter_config.json is there and"
              + " config.json is not")
  private boolean adapter;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "what the adapter was made on: NAME, NAME@ALIAS or NAME@3")
  private Optional<String> base = Optional.empty();

  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final Output output = new Output();

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    boolean onBase = adapter || AdapterFolder.holds(folder);
    new Check()
        .name("--name", name)
        .alias("--alias", alias)
        .that(
            !onBase || base.isPresent(),
            "--base",
            "missing" + AdapterFolder.said(folder),
            "the registered model that the adapter was made on")
        .that(
            onBase || base.isEmpty(),
            "--base",
            "given",
            "left out for a folder that holds a whole model",
            "With --adapter only the adapter in it is taken.")
        .done();
    try (Platform platform = Platform.here()) {
      Optional<ModelVersion> parent =
          base.map(reference -> platform.model(store.place(), reference));
      Imported imported =
          platform
              .engines()
              .takeOver(
                  platform.store(store.place()).root().toString(),
                  folder,
                  parent.map(ModelVersion::checkpoint),
                  new Loading(terminal, "import"));
      ModelRegistry registry = platform.models(store.place());
      ModelVersion version =
          registry.register(
              name,
              imported.checkpoint().fingerprint(),
              number ->
                  ModelVersion.imported(
                      name, number, imported.checkpoint(), parent, imported.licence()));
      registry.promote(name, alias, version.version(), version.run(), "imported");
      imported.notes().forEach(terminal::say);
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version.ref().label());
      whole.put("alias", alias);
      parent.ifPresent(known -> whole.put("base", known.ref().label()));
      whole.put("fingerprint", imported.checkpoint().fingerprint());
      whole.put("shape", imported.checkpoint().shape());
      whole.put("files", imported.files());
      whole.put("notes", imported.notes());
      output.write(
          terminal,
          "rootstock.imported/1",
          whole,
          version.ref().label()
              + ", "
              + name
              + "@"
              + alias
              + ": "
              + (parent.isPresent()
                  ? "an adapter on " + parent.get().ref().label() + "\n"
                  : Figures.count(imported.checkpoint().shape().parameters()) + " parameters\n"));
      terminal.next("rootstock generate " + version.ref().label() + " \"Once\"", "let it write");
      return Exit.DONE;
    }
  }
}
