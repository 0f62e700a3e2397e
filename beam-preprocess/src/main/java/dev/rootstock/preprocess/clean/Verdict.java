package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Reason;
import java.util.Map;

/** What a rule says of a text. */
public sealed interface Verdict {
  Verdict PASS = new Pass();

  /** The text may stay as it is. */
  record Pass() implements Verdict {}

  /**
   * The document is dropped.
   *
   * @param detail the value found and the threshold
   */
  record Objection(Reason reason, String detail) implements Verdict {}

  /**
   * The document stays, changed.
   *
   * @param passage what the next rule sees
   * @param counts what was done how often, by name
   */
  record Change(Passage passage, Map<String, Long> counts) implements Verdict {
    public Change {
      counts = Map.copyOf(counts);
    }
  }

  /** An objection unless {@code holds}. */
  static Verdict demand(boolean holds, Reason reason, String detail) {
    return holds ? PASS : new Objection(reason, detail);
  }

  /** An objection to a share that is too large. */
  static Verdict atMost(double share, double limit, Reason reason, String what) {
    return share > limit
        ? new Objection(reason, what + " " + figure(share) + "; at most " + limit)
        : PASS;
  }

  /** An objection to a share that is too small. */
  static Verdict atLeast(double share, double limit, Reason reason, String what) {
    return share < limit
        ? new Objection(reason, what + " " + figure(share) + "; at least " + limit)
        : PASS;
  }

  /** Four decimals, and more where a value would read like its threshold. */
  private static String figure(double value) {
    return String.valueOf(Math.round(value * 1e6) / 1e6);
  }
}
