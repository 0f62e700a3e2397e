package dev.rootstock.contract;

/**
 * A figure of merit, and which way is better. Written in lower case with hyphens: {@code macro-f1}.
 */
public enum Metric {
  /** Share of right answers, 0 to 1. */
  ACCURACY(true),
  /** Unweighted mean over labels of the harmonic mean of precision and recall, 0 to 1. */
  MACRO_F1(true),
  /** Share of answers equal to the reference after trimming, 0 to 1. */
  EXACT_MATCH(true),
  /**
   * Corpus BLEU, 0 to 100 (Papineni et al., 2002; sacreBLEU's 13a tokens, exponential smoothing).
   */
  BLEU(true),
  /** Character n-gram F-score, 0 to 100 (chrF2, Popović, 2015). */
  CHRF(true),
  /** Negative log2-likelihood of held-out text over its UTF-8 bytes. */
  BITS_PER_BYTE(false);

  private final boolean higherIsBetter;

  Metric(boolean higherIsBetter) {
    this.higherIsBetter = higherIsBetter;
  }

  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Whether {@code a} is better than {@code b}. */
  public boolean better(double a, double b) {
    return higherIsBetter ? a > b : a < b;
  }
}
