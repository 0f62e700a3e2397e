package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "chat",
    description =
        "Prompt after prompt; the model stays loaded. An empty line or the end of input (Ctrl-D) ends it.")
final class ChatCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

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
          .hold(store.place(), version, sampling.sampling(), Optional.empty());
      terminal.next(
          "rootstock finetune --base " + version.ref().label() + " --task FILE", "teach it a task");
      return Exit.DONE;
    }
  }
}
