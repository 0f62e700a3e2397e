package dev.rootstock.training.optimize;

import dev.rootstock.contract.engine.Hopeless;

/**
 * Tells when a training has failed: a loss or gradient that is not finite, or a loss three times as
 * high as that of blind guessing over so many steps in a row that no unlucky batch explains it. Not
 * thread-safe.
 */
public final class Divergence {
  private static final int IN_A_ROW = 20;
  private static final double TIMES_GUESSING = 3;

  private final double highest;
  private int high;

  /** Watches a model of so many tokens, whose blind guess has a loss of ln(vocabulary). */
  public Divergence(int vocabulary) {
    this.highest = TIMES_GUESSING * Math.log(vocabulary);
  }

  /** Takes note of a step that an earlier attempt took. */
  public void passed(double loss) {
    high = loss > highest ? high + 1 : 0;
  }

  /**
   * Judges a step.
   *
   * @param loss mean, nats a token
   * @param norm the gradient's
   * @param rows what it was made of, for whoever looks for the cause
   * @throws Hopeless if going on is useless
   */
  public void judge(long step, double loss, double norm, String rows) {
    passed(loss);
    String what = null;
    if (!Double.isFinite(loss)) {
      what = "the loss is " + loss;
    } else if (!Double.isFinite(norm)) {
      what = "the gradient's norm is " + norm;
    } else if (high >= IN_A_ROW) {
      what =
          "the loss has been above "
              + TIMES_GUESSING
              + " times that of guessing for "
              + high
              + " steps, now "
              + loss;
    }
    if (what != null) {
      throw new Hopeless(
          "Diverged",
          what
              + " at step "
              + step
              + ", on rows "
              + rows
              + "; nothing of it was saved. Take a lower peak rate (a third is a good try) or a longer warm-up");
    }
  }
}
