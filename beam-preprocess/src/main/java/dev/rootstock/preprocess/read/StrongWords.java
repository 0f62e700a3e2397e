package dev.rootstock.preprocess.read;

import java.util.List;

/**
 * Takes {@code **}, {@code __} and {@code ~~} from around words, where they stand close to them on
 * both sides. By hand, for as a regular expression it would look through all that follows for each
 * mark that opens and never closes. Not thread-safe.
 */
final class StrongWords {
  private static final List<String> MARKS = List.of("**", "__", "~~");
  private static final int WIDTH = 2; // of each mark

  private final String text;
  private final int[] closing = new int[MARKS.size()]; // where each was last found to close

  private StrongWords(String text) {
    this.text = text;
  }

  static String plain(String text) {
    return new StrongWords(text).plain();
  }

  private String plain() {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int close = close(at);
      if (close < text.length()) {
        plain.append(text, at + WIDTH, close);
        at = close + WIDTH;
      } else {
        plain.append(text.charAt(at++));
      }
    }
    return plain.toString();
  }

  /** Where the mark that opens here closes; the text's end if none does. */
  private int close(int open) {
    for (int mark = 0; mark < MARKS.size(); mark++) {
      int words = open + WIDTH;
      if (text.startsWith(MARKS.get(mark), open)
          && words < text.length()
          && !Character.isWhitespace(text.charAt(words))) {
        return next(mark, words + 1);
      }
    }
    return text.length();
  }

  private int next(int mark, int from) {
    if (closing[mark] < from) {
      int at = text.indexOf(MARKS.get(mark), from);
      while (at >= 0 && Character.isWhitespace(text.charAt(at - 1))) {
        at = text.indexOf(MARKS.get(mark), at + 1);
      }
      closing[mark] = at < 0 ? text.length() : at;
    }
    return closing[mark];
  }
}
