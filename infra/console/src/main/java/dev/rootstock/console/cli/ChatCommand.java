package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.engine.GenerateOrder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chat",
    description =
        "Prompt after prompt; the model stays loaded, and one that knows conversations remembers this one. An empty line "
            + "or the end of input (Ctrl-D) ends it.")
final class ChatCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "plain: the model goes on from a prompt as it stands; chat: a prompt is what a user says, in the model's "
              + "chat template; auto: chat for a model that knows it; default ${DEFAULT-VALUE}")
  private GenerateOrder.Form form = GenerateOrder.Form.AUTO;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final StoreOption store = new StoreOption();

  ChatCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      new Chat(terminal, platform)
          .hold(
              store.place(), version, sampling.sampling(Forms.of(form, version)), Optional.empty());
      terminal.next(
          "rootstock finetune --base " + version.ref().label() + " --task FILE", "teach it a task");
      return Exit.DONE;
    }
  }
}
