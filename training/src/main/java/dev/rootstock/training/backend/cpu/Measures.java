package dev.rootstock.training.backend.cpu;

/**
 * How a lane cuts its work. All of it decides bits.
 *
 * @param tokens of one chunk; whole sequences, at least one
 * @param tile rows of logits computed at once
 * @param queries of one product of attention
 */
record Measures(int tokens, int tile, int queries) {
  static final Measures DEFAULT = new Measures(2048, 512, 64);

  /** Sequences of one chunk. */
  int sequences(int time) {
    return Math.max(1, tokens / time);
  }
}
