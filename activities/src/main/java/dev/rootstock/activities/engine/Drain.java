package dev.rootstock.activities.engine;

/**
 * A worker's wish to leave: engines save and end, and their work goes on elsewhere. Thread-safe.
 */
public final class Drain {
  private volatile boolean asked;

  /**
   * Asks all engines of this worker to save and leave; to be called once no new work is polled for.
   */
  public void ask() {
    asked = true;
  }

  boolean asked() {
    return asked;
  }
}
