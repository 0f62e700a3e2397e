package dev.rootstock.training.data;

/**
 * Which of a descendant's rows its ancestor was grown on. Spread evenly: of the first n rows of all
 * epochs, the whole part of n · share are repeated.
 *
 * @param share 0 to below 1
 */
record Replay(double share) {
  static final Replay NONE = new Replay(0);

  /** Repeated rows before a position. */
  long before(long position) {
    return (long) (position * share);
  }

  /** Whether the row at a position is a repeated one. */
  boolean at(long position) {
    return before(position + 1) > before(position);
  }
}
