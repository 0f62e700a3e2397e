package dev.rootstock.preprocess.language;

/**
 * The part of a text that its language is told by: all of a short one, else its beginning, its
 * middle and its end.
 */
final class Sample {
  /**
   * UTF-16 units. Twice as many cost twice the time and named no more of 67 languages right; half
   * as many named two less.
   */
  private static final int LIMIT = 1200;

  private static final int PIECES = 3;
  private static final int PIECE = LIMIT / PIECES;

  private Sample() {}

  static String of(String text) {
    if (text.length() <= LIMIT) {
      return text;
    }
    StringBuilder sample = new StringBuilder(LIMIT + PIECES);
    for (int piece = 0; piece < PIECES; piece++) {
      int from = (int) ((long) (text.length() - PIECE) * piece / (PIECES - 1));
      sample.append(text, whole(text, from), whole(text, from + PIECE)).append('\n');
    }
    return sample.toString();
  }

  /** An index that does not part a surrogate pair. */
  private static int whole(String text, int index) {
    boolean parts =
        index > 0
            && index < text.length()
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return parts ? index - 1 : index;
  }
}
