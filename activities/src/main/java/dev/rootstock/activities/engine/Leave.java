package dev.rootstock.activities.engine;

import dev.rootstock.contract.engine.Hopeless;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;

/** How an attempt left, for those who count attempts that came to nothing. */
final class Leave {
  static final String DRAINING = "Draining";

  private Leave() {}

  /**
   * Whether failures before it no longer count: it was asked to leave and did so in good order, or
   * gave up.
   */
  static boolean wipesTheSlate(Throwable end) {
    return end instanceof ActivityCanceledException
        || (end instanceof Hopeless hopeless && NoProgress.KIND.equals(hopeless.kind()))
        || (end instanceof ApplicationFailure failure && DRAINING.equals(failure.getType()));
  }
}
