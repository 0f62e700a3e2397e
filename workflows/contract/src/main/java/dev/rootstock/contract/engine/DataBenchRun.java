package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;
import java.util.Optional;

/**
 * What one side of a comparison did.
 *
 * @param files the corpus
 * @param bytes of those files
 * @param documents read
 * @param kept of them
 * @param tokens written, ends of text among them, training and validation together
 * @param peakBytes most memory that the process held, as the system counts it; 0 if it does not
 * @param tokenizer path of the {@code tokenizer.json} that was learned, if one was
 */
public record DataBenchRun(
    List<String> files,
    long bytes,
    long documents,
    long kept,
    long tokens,
    List<StageTime> stages,
    long peakBytes,
    Optional<String> tokenizer)
    implements HandedOn {
  public DataBenchRun {
    files = List.copyOf(files);
    stages = List.copyOf(stages);
  }

  /**
   * A stage by the clock.
   *
   * @param stage {@code clean}, {@code learn} or {@code tokenize}
   * @param processorSeconds of all threads: what a busy machine disturbs less
   * @param bytes that came in: of files, then of documents' text
   * @param tokens that came out, else 0
   */
  public record StageTime(
      String stage, double seconds, double processorSeconds, long bytes, long tokens)
      implements HandedOn {}
}
