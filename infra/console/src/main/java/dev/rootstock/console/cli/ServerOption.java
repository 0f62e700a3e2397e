package dev.rootstock.console.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --temporal}. */
final class ServerOption {
  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description =
          "the Temporal server; default: TEMPORAL_ADDRESS or Temporal's own settings, else one within this process")
  private @Nullable String address;

  Optional<String> address() {
    return Optional.ofNullable(address);
  }
}
