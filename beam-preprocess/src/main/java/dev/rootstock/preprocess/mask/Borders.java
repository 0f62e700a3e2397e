package dev.rootstock.preprocess.mask;

import java.util.Locale;
import java.util.Set;

/** What stands beside a finding. An index out of the text holds a space. */
final class Borders {
  private static final int HINT = 24; // characters
  private static final char UNSPACED = 0x0E00; // Thai, and East Asian scripts behind it

  private Borders() {}

  static char at(String text, int index) {
    return index < 0 || index >= text.length() ? ' ' : text.charAt(index);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A letter or digit of ASCII. */
  static boolean isPlain(char c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /**
   * Whether one of some words stands in the last characters before a place, at most 24 of them and
   * not beyond the line. No other letter may touch it, but in scripts that write no spaces.
   */
  static boolean hinted(String text, int place, Set<String> words) {
    int from = place;
    while (from > 0 && place - from < HINT && text.charAt(from - 1) != '\n') {
      from--;
    }
    String before = text.substring(from, place).toLowerCase(Locale.ROOT);
    for (String word : words) {
      int at = before.lastIndexOf(word);
      int end = at + word.length();
      boolean left =
          at > 0
              ? !Character.isLetter(before.charAt(at - 1))
              : !Character.isLetter(at(text, from - 1));
      boolean right = end >= before.length() || !Character.isLetter(before.charAt(end));
      if (at >= 0 && (word.charAt(0) >= UNSPACED || left && right)) {
        return true;
      }
    }
    return false;
  }
}
