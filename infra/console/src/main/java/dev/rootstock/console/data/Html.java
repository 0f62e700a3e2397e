package dev.rootstock.console.data;

import java.util.Locale;

/** Text and figures as a page shows them. */
public final class Html {
  private Html() {}

  /**
   * Text that can do nothing but be read, wherever it stands in a page. Control characters become
   * their pictures, and marks that turn the direction of text are told by number.
   */
  static String safe(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append((char) c);
        default -> {
          if (c < 0x20) {
            out.append((char) (0x2400 + c));
          } else if (isHidden(c)) {
            out.append(String.format("[U+%04X]", c));
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static boolean isHidden(int c) {
    return (c >= 0x7F && c <= 0x9F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0xD800 && c <= 0xDFFF)
        || (c & 0xFFFE) == 0xFFFE;
  }

  /** {@code 1,234,567}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 950 B}, {@code 1.2 kB}, {@code 34 MB}. */
  static String bytes(long bytes) {
    return scaled(bytes, new String[] {" B", " kB", " MB", " GB", " TB", " PB"});
  }

  /** {@code 950}, {@code 1.2k}, {@code 34M}. */
  static String brief(long number) {
    return scaled(number, new String[] {"", "k", "M", "G", "T", "P"});
  }

  private static String scaled(long number, String[] units) {
    double rest = number;
    int unit = 0;
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    boolean plain = unit == 0 || rest >= 99.5 || rest == Math.rint(rest);
    return String.format(Locale.ROOT, plain ? "%.0f%s" : "%.1f%s", rest, units[unit]);
  }

  /** {@code 12.3 %}; some is never shown as none, nor most as all. */
  public static String share(long part, long whole) {
    if (whole <= 0) {
      return "–";
    }
    double percent = 100.0 * part / whole;
    if (part > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    if (part < whole && percent > 99.9) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, part == 0 || part == whole ? "%.0f %%" : "%.1f %%", percent);
  }

  /** For attributes of drawings. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }
}
