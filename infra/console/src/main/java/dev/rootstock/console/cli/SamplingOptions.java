package dev.rootstock.console.cli;

import dev.rootstock.console.Engines;
import dev.rootstock.contract.engine.GenerateOrder;
import java.util.List;
import picocli.CommandLine.Option;

/** How words are chosen. */
final class SamplingOptions {
  @Option(
      names = {"--max-tokens", "--tokens"},
      paramLabel = "N",
      defaultValue = "64",
      description = "at most; default ${DEFAULT-VALUE}")
  private int tokens = 64;

  @Option(
      names = "--temperature",
      defaultValue = "0.8",
      description = "0 takes the likeliest token; default ${DEFAULT-VALUE}")
  private double temperature = 0.8;

  @Option(
      names = "--top-p",
      defaultValue = "0.95",
      description = "1 takes from all tokens; default ${DEFAULT-VALUE}")
  private double topP = 0.95;

  @Option(
      names = "--top-k",
      defaultValue = "0",
      description = "takes from so many likeliest tokens; 0, the default, from all")
  private int topK;

  @Option(
      names = "--repetition-penalty",
      defaultValue = "1",
      description = "above 1 shuns tokens that are there already; default ${DEFAULT-VALUE}")
  private double repetitionPenalty = 1;

  @Option(names = "--seed", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "ends an answer, and is left out of it; may be repeated")
  private List<String> stops = List.of();

  Engines.Sampling sampling(GenerateOrder.Form form) {
    return new Engines.Sampling(
        tokens, temperature, topK, topP, repetitionPenalty, seed, stops, form);
  }
}
