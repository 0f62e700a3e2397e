package dev.rootstock.preprocess.screen;

/** Characters of scripts that put no spaces between words. */
final class Unspaced {
  private Unspaced() {}

  static boolean is(int c) {
    if (c < 0x0e00) {
      return false;
    }
    if (c == 0x30fc || c == 0xff70) {
      return true; // the mark of a long vowel, which belongs to no script
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
