package dev.rootstock.preprocess.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many letters of which script a text holds.
 *
 * @param letters by script; scripts without letters are left out
 * @param all the sum
 */
record ScriptTally(Map<UnicodeScript, Integer> letters, int all) {
  static ScriptTally of(String text) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    int latin = 0;
    int all = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 128) {
        latin += Character.isLetter(c) ? 1 : 0;
      } else if (Character.isLetter(c)) {
        letters.merge(UnicodeScript.of(c), 1, Integer::sum);
        all++;
      }
    }
    if (latin > 0) {
      letters.merge(UnicodeScript.LATIN, latin, Integer::sum);
    }
    return new ScriptTally(letters, all + latin);
  }

  int of(UnicodeScript script) {
    return letters.getOrDefault(script, 0);
  }

  /** The share of all letters, 0 where there is none. */
  double share(int some) {
    return all == 0 ? 0 : (double) some / all;
  }

  /** Hiragana and Katakana. */
  int kana() {
    return of(UnicodeScript.HIRAGANA) + of(UnicodeScript.KATAKANA);
  }
}
