package dev.rootstock.training.backend.cpu;

import java.util.Locale;
import java.util.Map;

/** What one lane's time went to, lap after lap. Costs a look at the clock a layer. */
final class Laps {
  /** Kinds of work. */
  enum Work {
    EMBEDDING,
    NORM,
    LINEAR,
    ROTARY,
    ATTENTION,
    ACTIVATION,
    HEAD,
    OPTIMIZER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final long[] spent = new long[Work.values().length]; // nanoseconds
  private long from;

  void begin() {
    from = System.nanoTime();
  }

  /** Everything since the lap before, or the beginning, was that. */
  void done(Work work) {
    long now = System.nanoTime();
    spent[work.ordinal()] += now - from;
    from = now;
  }

  /** Adds seconds by kind. */
  void addTo(Map<String, Double> seconds) {
    for (Work work : Work.values()) {
      seconds.merge(work.label(), spent[work.ordinal()] / 1e9, Double::sum);
    }
  }
}
