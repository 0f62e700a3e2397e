package dev.rootstock.preprocess.read;

import java.text.Normalizer;

/** Text as everything after reading sees it. */
final class Normal {
  private static final int REPLACEMENT = 0xFFFD;
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final char COMBINING = '\u0300'; // all below are NFC, in any order

  private Normal() {}

  /**
   * NFC; {@code \r\n} and {@code \r} as {@code \n}; no control characters but {@code \n} and {@code
   * \t}; no byte order mark at the start; lone surrogates as U+FFFD; long runs of combining marks
   * parted as {@link StreamSafe} does.
   */
  static String of(String text) {
    boolean simple = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) && paired(text, i)) {
        simple = false;
        i++;
      } else if (spoils(c, i)) {
        return composed(cleaned(text, i));
      } else {
        simple &= c < COMBINING;
      }
    }
    return simple ? text : composed(text);
  }

  private static String composed(CharSequence text) {
    return Normalizer.normalize(StreamSafe.of(text), Normalizer.Form.NFC);
  }

  private static boolean spoils(char c, int at) {
    return Character.isISOControl(c) && c != '\n' && c != '\t'
        || Character.isSurrogate(c)
        || c == BYTE_ORDER_MARK && at == 0;
  }

  private static boolean paired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  /**
   * @param from first character that spoils the text
   */
  private static StringBuilder cleaned(String text, int from) {
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (Character.isSurrogate(c) && paired(text, i)) {
        clean.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        clean.appendCodePoint(REPLACEMENT);
      } else if (!spoils(c, i)) {
        clean.append(c);
      }
    }
    return clean;
  }
}
