package dev.rootstock.preprocess.extract;

/** Measures text so that one threshold serves scripts with and without spaces. */
final class Sizes {
  /**
   * Letters of an alphabet that say as much as one ideograph or kana; a word is 2 to 3 of these.
   */
  private static final int IDEOGRAPH = 3;

  private static final int SYLLABLE = 2; // of Hangul, which has spaces too

  private Sizes() {}

  /** Letters, digits, signs and single spaces of a text, ideographs and syllables as several. */
  static int of(CharSequence text) {
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      size += of(text.charAt(i));
    }
    return size;
  }

  /** The same of one character. */
  static int of(char c) {
    if (c < 0x2E80) {
      return 1;
    }
    if (c >= 0xAC00 && c <= 0xD7A3) {
      return SYLLABLE;
    }
    boolean dense = c <= 0x9FFF || c >= 0xF900 && c <= 0xFAFF || Character.isHighSurrogate(c);
    return dense ? IDEOGRAPH : 1;
  }

  /** Commas of any script: prose has them, menus do not. */
  static int marks(CharSequence text) {
    int marks = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case ',', ';', '、', '，', '；', '،', '؛', '､' -> marks++;
        default -> {}
      }
    }
    return marks;
  }

  /** Sentences that end: at an end mark before a space, a closing quote or the end of the text. */
  static int sentences(CharSequence text) {
    int sentences = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (wideEnd(c) || end(c) && (i + 1 == text.length() || closes(text.charAt(i + 1)))) {
        sentences++;
      }
    }
    return sentences;
  }

  private static boolean end(char c) {
    return c == '.' || c == '!' || c == '?' || c == '…';
  }

  private static boolean wideEnd(char c) {
    return c == '。' || c == '！' || c == '？' || c == '．' || c == '؟' || c == '۔' || c == '।';
  }

  private static boolean closes(char c) {
    return Character.isWhitespace(c) || "\"'”’»)]“".indexOf(c) >= 0;
  }
}
