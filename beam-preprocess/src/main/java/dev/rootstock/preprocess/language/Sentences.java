package dev.rootstock.preprocess.language;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.Locale;
import java.util.Set;

/** Where sentences end: at a mark that Unicode calls a sentence terminal. */
public final class Sentences {
  private static final String CLOSING = "\"'\u2019\u201d\u00bb)]\u300d\u300f\u300b\uff09\uff02";
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "vol", "fig",
          "inc", "ltd", "co", "jr", "sr", "gen", "col", "lt", "sgt", "rev", "hon", "approx", "z.b",
          "d.h", "bzw", "ca", "nr");

  private Sentences() {}

  /** Whether Unicode ends sentences with this mark ({@code . ! ? 。 ！ ？ ।} and others). */
  public static boolean ends(int mark) {
    return mark < 128
        ? mark == '.' || mark == '!' || mark == '?'
        : UCharacter.hasBinaryProperty(mark, UProperty.S_TERM);
  }

  /** Whether the last character of a line ends a sentence. */
  public static boolean atEndOf(String line) {
    return !line.isEmpty() && ends(line.codePointBefore(line.length()));
  }

  /**
   * How many sentences a line holds: one, and another after each end followed by more. A text of
   * {@link Writing#THAI} has none that can be told, and counts one a line.
   */
  public static int in(String line, Writing writing) {
    if (line.isBlank()) {
      return 0;
    }
    int sentences = 1;
    int last = line.stripTrailing().length();
    int i = 0;
    while (i < last && writing.marksSentences()) {
      int c = line.codePointAt(i);
      int next = i + Character.charCount(c);
      if (ends(c)) {
        int after = next;
        while (after < last && closes(line.codePointAt(after))) {
          after += Character.charCount(line.codePointAt(after));
        }
        boolean parted = after < last && (c > 127 || isSpace(line.charAt(after)));
        if (parted && !(c == '.' && abbreviates(line, i))) {
          sentences++;
        }
        next = after;
      }
      i = next;
    }
    return sentences;
  }

  private static boolean closes(int c) {
    return ends(c) || CLOSING.indexOf(c) >= 0;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00a0';
  }

  /** A single letter or a known short form before the point. */
  private static boolean abbreviates(String line, int point) {
    int from = point;
    while (from > 0 && point - from < 6 && !isSpace(line.charAt(from - 1))) {
      from--;
    }
    String word = line.substring(from, point).replaceFirst("^[(\\[\"'\u201c]+", "");
    return word.length() == 1 && Character.isUpperCase(word.charAt(0))
        || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }
}
