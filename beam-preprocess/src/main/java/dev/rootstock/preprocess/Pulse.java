package dev.rootstock.preprocess;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the work of this process is, for progress lines only: a retried bundle counts twice, and
 * what remote workers do is not seen here. Static, because a runner makes the functions that count.
 * Thread-safe.
 */
public final class Pulse {
  private static final AtomicLong DONE = new AtomicLong();

  private Pulse() {}

  /** Adds to what is done, in the unit of the verb at work. */
  public static void beat(long more) {
    DONE.addAndGet(more);
  }

  static long done() {
    return DONE.get();
  }

  static void reset() {
    DONE.set(0);
  }
}
