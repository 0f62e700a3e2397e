package dev.rootstock.preprocess.read;

/**
 * Text as the stream-safe text format of UAX #15 has it: after 30 combining marks a combining
 * grapheme joiner, so that no run of marks is longer. To normalise a run takes time that grows with
 * the square of its length, for its marks are sorted one by one.
 */
public final class StreamSafe {
  private static final int LONGEST = 30; // marks, by UAX #15
  private static final int JOINER = 0x034F; // a mark that no other is sorted across
  private static final int VOICED = 0xFF9E; // halfwidth, as the next; letters that NFKD makes marks
  private static final int SEMI_VOICED = 0xFF9F;

  private StreamSafe() {}

  /** The text itself, unless it has a longer run. */
  public static CharSequence of(CharSequence text) {
    StringBuilder safe = null;
    int copied = 0;
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      marks = mark(c) ? marks + 1 : 0;
      if (marks > LONGEST) {
        safe = safe == null ? new StringBuilder(text.length() + 16) : safe;
        safe.append(text, copied, i).appendCodePoint(JOINER);
        copied = i;
        marks = 1;
      }
      i += Character.charCount(c);
    }
    return safe == null ? text : safe.append(text, copied, text.length());
  }

  private static boolean mark(int c) {
    if (c < 0x300 || c == JOINER) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c == VOICED
        || c == SEMI_VOICED;
  }
}
