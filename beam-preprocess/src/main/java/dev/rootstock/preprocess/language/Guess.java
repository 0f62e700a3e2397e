package dev.rootstock.preprocess.language;

/**
 * What language a text seems to be in.
 *
 * @param tag BCP 47, without script or region; {@code und} for a text without letters
 * @param score 0 to 1; how far it is ahead of the next best, or the share of the letters that its
 *     script has where the script alone tells
 */
public record Guess(String tag, double score) {
  /** Nothing to go by. */
  public static final Guess UNKNOWN = new Guess("und", 0);
}
