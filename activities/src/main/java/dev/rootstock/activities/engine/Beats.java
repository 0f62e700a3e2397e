package dev.rootstock.activities.engine;

import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;

/** How often an attempt shows that it is alive. */
public final class Beats {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private Beats() {}

  /** A sixth of the silence that the plan allows, at most 15 s. */
  public static Duration period(ActivityExecutionContext context) {
    Duration allowed = context.getInfo().getHeartbeatTimeout();
    Duration sixth = allowed == null || allowed.isZero() ? LONGEST : allowed.dividedBy(6);
    return sixth.compareTo(LONGEST) > 0
        ? LONGEST
        : sixth.compareTo(SHORTEST) < 0 ? SHORTEST : sixth;
  }
}
