package dev.rootstock.preprocess.mask;

import static dev.rootstock.preprocess.mask.Borders.at;
import static dev.rootstock.preprocess.mask.Borders.isDigit;
import static dev.rootstock.preprocess.mask.Borders.isPlain;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bank accounts by ISO 13616: the length of the country, in one run or in groups of four, and a
 * remainder of 1 modulo 97.
 */
final class Ibans implements Mask.Finder {
  private static final Map<String, Integer> LENGTHS = lengths();

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (int i = 0; i + 14 < text.length(); i++) {
      if (isDigit(text.charAt(i + 2))
          && isDigit(text.charAt(i + 3))
          && isUpper(text.charAt(i))
          && isUpper(text.charAt(i + 1))
          && !isPlain(at(text, i - 1))) {
        int end = end(text, i);
        if (end > 0) {
          found.add(new Span(i, end));
          i = end - 1;
        }
      }
    }
    return found;
  }

  private static int end(String text, int from) {
    Integer length = LENGTHS.get(text.substring(from, from + 2));
    if (length == null) {
      return 0;
    }
    StringBuilder account = new StringBuilder(length);
    int i = from;
    boolean grouped = isSpace(at(text, from + 4));
    while (account.length() < length && i < text.length()) {
      char c = text.charAt(i);
      if (grouped
          && account.length() % 4 == 0
          && isSpace(c)
          && i > from
          && !isSpace(text.charAt(i - 1))) {
        i++;
      } else if (isDigit(c) || isUpper(c)) {
        account.append(c);
        i++;
      } else {
        return 0;
      }
    }
    return account.length() == length && !isPlain(at(text, i)) && remainder(account) == 1 ? i : 0;
  }

  private static int remainder(CharSequence account) {
    String moved = account.subSequence(4, account.length()) + "" + account.subSequence(0, 4);
    int remainder = 0;
    for (int i = 0; i < moved.length(); i++) {
      int value = Character.getNumericValue(moved.charAt(i));
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u202f';
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static Map<String, Integer> lengths() {
    String registry =
        "NO15 BE16 DK18 FI18 FO18 GL18 NL18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 CH21 HR21 "
            + "LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 AE23 GI23 IL23 IQ23 AD24 CZ24 "
            + "ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 PT25 IS26 TR26 FR27 GR27 IT27 MC27 MR27 "
            + "SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 PL28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 "
            + "MU30 MT31 SC31";
    Map<String, Integer> lengths = new HashMap<>();
    for (String entry : registry.split(" ")) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return lengths;
  }
}
