package dev.rootstock.preprocess.compare;

import java.text.Normalizer;

/**
 * What of a character counts when texts are compared: letters in lower case and without marks, any
 * digit as 0 ({@link Spelling} knows which of them count). Which characters are letters follows the
 * Unicode version of the JDK.
 */
final class Letters {
  /** Between words: white space, punctuation, symbols. */
  static final char SPACE = ' ';

  /** Neither a letter nor a gap: a mark or an invisible character. */
  static final char NOTHING = 0xFFFF;

  static final char DIGIT = '0';

  private static final char[] OF = new char[Character.MAX_VALUE + 1];

  static {
    for (int c = 0; c < OF.length; c++) {
      OF[c] = simple((char) c);
    }
  }

  private Letters() {}

  /** The letter, {@link #DIGIT}, {@link #SPACE} or {@link #NOTHING}; surrogates are letters. */
  static char of(char c) {
    return OF[c];
  }

  /**
   * The same with a look at the other half of a surrogate pair: symbols beyond the first plane
   * (pictures, mostly) are spaces.
   */
  static char at(CharSequence text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return OF[c];
    }
    int whole =
        Character.isHighSurrogate(c) || i == 0
            ? Character.codePointAt(text, i)
            : Character.codePointBefore(text, i + 1);
    return Character.isLetterOrDigit(whole) ? c : SPACE;
  }

  private static char simple(char c) {
    if (Character.isSurrogate(c)) {
      return c;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return NOTHING;
    }
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      return DIGIT;
    }
    if (!Character.isLetter(c) && type != Character.COMBINING_SPACING_MARK) {
      return SPACE;
    }
    boolean hangul = c >= 0xAC00 && c <= 0xD7A3; // its parts are no marks
    String parts = String.valueOf(c);
    char base =
        hangul || Normalizer.isNormalized(parts, Normalizer.Form.NFD)
            ? c
            : Normalizer.normalize(parts, Normalizer.Form.NFD).charAt(0);
    return Character.toLowerCase(base);
  }
}
