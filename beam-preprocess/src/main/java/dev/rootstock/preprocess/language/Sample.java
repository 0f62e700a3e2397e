package dev.rootstock.preprocess.language;

/**
 * The part of a text that its language is told by: all of a short one, else its beginning, its
 * middle and its end.
 */
final class Sample {
  /**
   * UTF-16 units. 600, 1,200 and 2,400 named the same 57 of 67 languages right, all that the model
   * knows, and cost as much more as they are longer.
   */
  private static final int LIMIT = 600;

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
