package dev.rootstock.console.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --at-once}. */
final class AtOnceOption {
  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "finetunes asked for at once, over all workers (default 50, at most 500); a worker's --grafts bounds what it takes")
  private Optional<Integer> window = Optional.empty();

  Optional<Integer> window() {
    return window;
  }
}
