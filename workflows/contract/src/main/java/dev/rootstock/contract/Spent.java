package dev.rootstock.contract;

/**
 * What making something took.
 *
 * @param seconds of one device (a GPU, or all the cores an engine was given), attempts that failed
 *     included
 * @param flops floating-point operations by the formula of {@link
 *     ModelShape#trainingFlopsPerToken}; 0 where none is counted
 * @param tokens trained on; 0 where none is
 */
public record Spent(
    @Default("0") double seconds, @Default("0") double flops, @Default("0") long tokens)
    implements HandedOn {
  public static final Spent NOTHING = new Spent(0, 0, 0);

  public Spent plus(Spent other) {
    return new Spent(seconds + other.seconds, flops + other.flops, tokens + other.tokens);
  }
}
