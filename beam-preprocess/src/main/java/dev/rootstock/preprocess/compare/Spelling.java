package dev.rootstock.preprocess.compare;

/**
 * What counts of each character of a text, from its first on. A number of any length is one {@link
 * Letters#DIGIT}; the digits of a word that has letters, as {@code w17}, are its own. A letter of a
 * script without spaces makes no word of the number beside it. Not thread-safe.
 */
final class Spelling {
  private final String text;
  private char before = Letters.SPACE;
  private boolean named; // the word so far has a letter

  Spelling(String text) {
    this.text = text;
  }

  /**
   * The letter, {@link Letters#SPACE} or {@link Letters#NOTHING}. To be asked of every character in
   * order.
   */
  char at(int i) {
    char c = text.charAt(i);
    char letter = Character.isSurrogate(c) ? Letters.at(text, i) : Letters.of(c);
    if (letter == Letters.NOTHING) {
      return letter;
    }
    boolean first = before != letter;
    before = letter;
    if (letter != Letters.DIGIT) {
      named = letter != Letters.SPACE && !isUnspaced(letter);
      return letter;
    }
    if (first) {
      named = named || isNamedLater(i);
    }
    if (named) {
      return (char) (Letters.DIGIT + 1 + Character.digit(c, 10)); // no character is spelled so
    }
    return first ? letter : Letters.NOTHING;
  }

  private boolean isNamedLater(int digit) {
    for (int i = digit + 1; i < text.length(); i++) {
      char letter = Letters.at(text, i);
      if (letter != Letters.DIGIT && letter != Letters.NOTHING) {
        return letter != Letters.SPACE && !isUnspaced(letter);
      }
    }
    return false;
  }

  /** Chinese, Japanese and its kin; surrogates of rare ideographs too. */
  static boolean isUnspaced(char letter) {
    return letter >= 0x0E00 && (isHan(letter) || isThai(letter) || Character.isSurrogate(letter));
  }

  /** Han and kana. */
  static boolean isHan(char c) {
    return c >= 0x3040 && c <= 0x30FF || c >= 0x3400 && c <= 0x9FFF || c >= 0xF900 && c <= 0xFAFF;
  }

  /** Thai, Lao, Burmese and Khmer. */
  static boolean isThai(char c) {
    return c >= 0x0E00 && c <= 0x0EFF || c >= 0x1000 && c <= 0x109F || c >= 0x1780 && c <= 0x17FF;
  }
}
