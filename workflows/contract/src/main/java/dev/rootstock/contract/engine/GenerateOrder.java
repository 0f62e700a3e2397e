package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Default;
import java.util.List;

/**
 * Verb {@code generate}: text that goes on from prompts. Result: {@link Generated}. With no prompt
 * given, each further line of standard input is one (a JSON string), answered by lines {@code
 * {"piece":…}} of whole characters as they are written, and a last line {@code {"text":…}} of all
 * of it.
 *
 * @param prompts in order
 * @param maxTokens a prompt; the end-of-text token ends earlier
 * @param temperature 0 takes the likeliest token
 * @param topP the smallest set of tokens with this probability is sampled from; 1: all
 * @param seed of sampling; a draw depends on it, the prompt's place in the order and the token's in
 *     the text alone
 * @param topK so many likeliest tokens are sampled from; 0: all
 * @param stops texts at which an answer ends; it is cut before the first of them
 * @param form how a prompt reaches the model
 * @param repetitionPenalty divides the positive logits of ids that prompt and text have, multiplies
 *     the negative ones; 1: none
 */
public record GenerateOrder(
    Attempt attempt,
    CheckpointRef model,
    List<String> prompts,
    @Default("64") int maxTokens,
    @Default("0.8") double temperature,
    @Default("0.95") double topP,
    @Default("1") long seed,
    @Default("0") int topK,
    @Default("1") double repetitionPenalty,
    @Default("[]") List<String> stops,
    @Default("\"plain\"") Form form) {
  /** How a prompt reaches the model. */
  public enum Form {
    /** As it stands: the model goes on from it. */
    PLAIN,
    /**
     * As what a user says, in the model's chat template; ChatML where it has none. Prompts of an
     * order are conversations of their own; lines of standard input are one, which loses its oldest
     * turns where it outgrows the context.
     */
    CHAT,
    /** {@code chat} for a model that brings a chat template, else {@code plain}. */
    AUTO
  }

  public GenerateOrder {
    prompts = List.copyOf(prompts);
    stops = List.copyOf(stops);
    new Check()
        .positive("maxTokens", maxTokens)
        .that(temperature >= 0, "temperature", temperature, "0 or more")
        .that(topP > 0 && topP <= 1, "topP", topP, "above 0 and at most 1")
        .that(topK >= 0, "topK", topK, "0 or more")
        .that(repetitionPenalty > 0, "repetitionPenalty", repetitionPenalty, "above 0")
        .that(!stops.contains(""), "stops", "an empty text", "texts of at least one character")
        .done();
  }

  /** Without top-k and repetition penalty. */
  public GenerateOrder(
      Attempt attempt,
      CheckpointRef model,
      List<String> prompts,
      int maxTokens,
      double temperature,
      double topP,
      long seed) {
    this(attempt, model, prompts, maxTokens, temperature, topP, seed, 0, 1, List.of(), Form.PLAIN);
  }
}
