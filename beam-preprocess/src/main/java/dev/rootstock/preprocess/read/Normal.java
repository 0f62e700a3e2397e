package dev.rootstock.preprocess.read;

import java.text.Normalizer;

/** Text as everything after reading sees it. */
final class Normal {
  private static final int REPLACEMENT = 0xFFFD;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Normal() {}

  /**
   * NFC; {@code \r\n} and {@code \r} as {@code \n}; no control characters but {@code \n} and {@code
   * \t}; no byte order mark at the start; lone surrogates as U+FFFD.
   */
  static String of(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        clean.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        clean.appendCodePoint(REPLACEMENT);
      } else if (c == '\n'
          || c == '\t'
          || !Character.isISOControl(c) && !(i == 0 && c == BYTE_ORDER_MARK)) {
        clean.append(c);
      }
    }
    return Normalizer.normalize(clean, Normalizer.Form.NFC);
  }
}
