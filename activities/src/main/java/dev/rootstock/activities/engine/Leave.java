package dev.rootstock.activities.engine;

import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;

/** How an attempt left, for those who count attempts that came to nothing. */
final class Leave {
  static final String DRAINING = "Draining";

  private Leave() {}

  /** Whether an attempt was asked to leave and did so in good order. */
  static boolean inGoodOrder(Throwable end) {
    return end instanceof ActivityCanceledException
        || (end instanceof ApplicationFailure failure && DRAINING.equals(failure.getType()));
  }
}
