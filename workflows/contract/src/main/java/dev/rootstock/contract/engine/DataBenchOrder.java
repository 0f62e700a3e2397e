package dev.rootstock.contract.engine;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensSpec;
import java.util.List;

/**
 * Verb {@code bench} of the engine that knows text: one side of a comparison, in a process of its
 * own, so that neither side is warmed up or filled up by the other. Result: a {@link DataBenchRun}.
 *
 * @param folder for all that is written, and removed by whoever asked
 * @param files JSONL, with the text under {@code text}; empty to generate
 * @param bytes to generate, else 0
 */
public record DataBenchOrder(
    Attempt attempt,
    Side side,
    String folder,
    List<String> files,
    long bytes,
    RunnerSpec runner,
    CleaningSpec cleaning,
    TokenizerSpec tokenizer,
    TokensSpec tokens) {
  public DataBenchOrder {
    files = List.copyOf(files);
  }

  /** What is timed. */
  public enum Side {
    /** Nothing: a corpus is made up, the same for the same size. */
    GENERATE,
    /** The verbs {@code clean}, {@code learn} and {@code tokenize}, as a pipeline runs them. */
    PIPELINE,
    /** The same steps in plain threads, without order, restarts or a store: the bound. */
    LOOP
  }
}
