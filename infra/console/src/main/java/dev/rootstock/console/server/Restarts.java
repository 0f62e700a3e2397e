package dev.rootstock.console.server;

import java.time.Duration;

/**
 * Whether a server that ended is worth starting again: not after three lives in a row of less than
 * ten seconds, for then it can not live here. Not thread-safe.
 */
public final class Restarts {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final int MOST = 3;

  private int inARow;

  /**
   * Counts an end.
   *
   * @param lived from its start on
   */
  public boolean allowed(Duration lived) {
    inARow = lived.compareTo(SHORT) < 0 ? inARow + 1 : 0;
    return inARow < MOST;
  }
}
