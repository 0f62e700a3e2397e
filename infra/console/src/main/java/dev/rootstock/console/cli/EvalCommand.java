package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.engine.Measured;
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
    name = "eval",
    description = {
      "How well a model foresees a text: mean loss a token in nats, and bits per byte; fewer is better.",
      "The text's tokens are taken as they are, without markers; each but the first is predicted once,"
          + " from what its window holds before it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  rootstock eval story --text held-out.txt -o json",
      "  rootstock eval story --text held-out.txt --stride 64     each token sees more before it"
    })
final class EvalCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

  @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "the same as --text")
  private Optional<Path> given = Optional.empty();

  @Option(names = "--text", paramLabel = "FILE", description = "UTF-8 text")
  private Optional<Path> named = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "tokens of one pass; default: the model's context, or less where attention to it would"
              + " take more than 512 MiB")
  private Optional<Integer> window = Optional.empty();

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "tokens from one window's beginning to the next's; default: the window")
  private Optional<Integer> stride = Optional.empty();

  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final Output output = new Output();

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    new Check()
        .that(
            given.isPresent() != named.isPresent(),
            "--text",
            given.isPresent() ? "given twice" : "missing",
            "a file with text")
        .done();
    Path text = named.or(() -> given).orElseThrow();
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      Measured measured =
          platform
              .engines()
              .measure(
                  platform.store(store.place()).root().toString(),
                  version.checkpoint(),
                  text,
                  window,
                  stride,
                  new Loading(terminal, "measure"));
      Table table = new Table("model", "tokens", "loss", "bits per byte", "window", "stride");
      table.row(
          version.ref().label(),
          measured.tokens(),
          Figures.score(measured.loss()),
          Figures.score(measured.bitsPerByte()),
          measured.window(),
          measured.stride());
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version.ref().label());
      whole.put("text", text.toString());
      whole.put("tokens", measured.tokens());
      whole.put("loss", measured.loss());
      whole.put("bits_per_byte", measured.bitsPerByte());
      whole.put("bytes", measured.bytes());
      whole.put("window", measured.window());
      whole.put("stride", measured.stride());
      output.write(terminal, "rootstock.measured/1", whole, table.toString());
      terminal.next("rootstock models show " + version.ref().label(), "its scores on tasks");
      return Exit.DONE;
    }
  }
}
