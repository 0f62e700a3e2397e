package dev.rootstock.activities.engine;

import dev.rootstock.contract.engine.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether an engine that still speaks also moves. It may rest for {@code least}, or 20 times the
 * median rest so far, whichever is longer. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Patience {
  private static final int FACTOR = 20;
  private static final int REMEMBERED = 101;

  private final long least;
  private final Deque<Long> rests = new ArrayDeque<>();
  private long moved;
  private Progress last = Progress.of("");

  Patience(Duration least, long now) {
    this.least = least.toNanos();
    this.moved = now;
  }

  void heard(Progress progress, long now) {
    boolean same =
        progress.stage().equals(last.stage())
            && progress.done() == last.done()
            && progress.checkpoint().equals(last.checkpoint())
            && progress.notes() == last.notes();
    last = progress;
    if (!same) {
      rests.addLast(now - moved);
      if (rests.size() > REMEMBERED) {
        rests.removeFirst();
      }
      moved = now;
    }
  }

  boolean spent(long now) {
    return now - moved > limit();
  }

  Duration rested(long now) {
    return Duration.ofNanos(now - moved);
  }

  private long limit() {
    long median = rests.stream().sorted().skip(rests.size() / 2).findFirst().orElse(0L);
    return Math.max(least, FACTOR * median);
  }
}
