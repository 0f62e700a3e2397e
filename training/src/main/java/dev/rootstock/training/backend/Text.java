package dev.rootstock.training.backend;

/**
 * A text in the making: a backend feeds {@link #ids} to the model and hands over the logits, until
 * there is nothing more to feed. Distinct texts may be asked by distinct threads at once, one text
 * by one thread at a time.
 */
public interface Text {
  /** What is to be fed now, at least one id. */
  int[] ids();

  /**
   * Whether {@link #ids} begin it, at first or anew: what was fed before is forgotten then. If not,
   * they are one id that goes on.
   */
  boolean begins();

  /**
   * Chooses what comes next.
   *
   * @param logits after the last of {@link #ids}, one value an id of the vocabulary; another's once
   *     this returns
   * @return whether there is more to feed
   */
  boolean hear(float[] logits);

  /** Ids that it has been fed at once, at most; no more than the context. */
  int most();
}
