package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;

/**
 * How a lane cuts its work. All of it decides bits.
 *
 * @param tokens of one chunk; whole sequences, at least one
 * @param tile rows of logits computed at once
 * @param queries of one product of attention
 */
record Measures(int tokens, int tile, int queries) {
  /** Tokens of one chunk, where memory is short or a machine wants others. */
  static final String VARIABLE = "ROOTSTOCK_CHUNK_TOKENS";

  static final Measures DEFAULT = new Measures(2048, 512, 64);

  /** What this process uses. */
  static Measures here() {
    return of(System.getenv(VARIABLE));
  }

  /**
   * @param asked the variable's value; null: not set
   * @throws InvalidConfig for what is no positive number
   */
  static Measures of(String asked) {
    if (asked == null || asked.isBlank()) {
      return DEFAULT;
    }
    try {
      int tokens = Integer.parseInt(asked.strip());
      if (tokens > 0) {
        return DEFAULT.withTokens(tokens);
      }
    } catch (NumberFormatException noNumber) {
      // told below
    }
    throw new InvalidConfig(
        Problem.of(VARIABLE, asked, "a positive number of tokens, such as " + DEFAULT.tokens()));
  }

  Measures withTokens(int chosen) {
    return new Measures(chosen, tile, queries);
  }

  /** Sequences of one chunk. */
  int sequences(int time) {
    return Math.max(1, tokens / time);
  }
}
