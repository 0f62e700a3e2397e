package dev.rootstock.preprocess.mask;

import static dev.rootstock.preprocess.mask.Borders.at;
import static dev.rootstock.preprocess.mask.Borders.isDigit;
import static dev.rootstock.preprocess.mask.Borders.isPlain;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Public addresses, IPv4 and IPv6. A dotted quad needs borders: no letter, digit, point or hyphen
 * beside it, no slash before it but those of {@code ://}. Left alone: private, reserved and
 * documentation ranges; quads with three single digits, which are versions and chapters, unless
 * they are a known resolver's or stand behind a word such as "server"; quads behind a word such as
 * "version" or "section".
 */
final class IpAddresses implements Mask.Finder {
  private static final int LONGEST = 45; // characters of an IPv6 address
  private static final int WORD = 16; // characters of a word that are looked at
  private static final Set<String> NUMBERED =
      Set.of(
          "version",
          "versions",
          "ver",
          "v",
          "release",
          "build",
          "firmware",
          "section",
          "sections",
          "chapter",
          "clause",
          "article",
          "paragraph",
          "figure",
          "table",
          "appendix",
          "oid",
          "\u00a7");

  private static final Set<String> ADDRESSED =
      Set.of("ip", "ipv4", "address", "addr", "server", "host", "dns", "gateway", "resolver");

  /** Public resolvers, whose addresses look like versions and are not. */
  private static final Set<String> RESOLVERS =
      Set.of("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "4.2.2.2");

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (isDigit(c) && !isPlain(at(text, i - 1))) {
        i = quad(text, i, found);
      } else if (c == ':') {
        i = six(text, i, found);
      } else {
        i++;
      }
    }
    return found;
  }

  private static int quad(String text, int from, List<Span> found) {
    int[] octets = new int[4];
    int end = from;
    for (int i = 0; i < octets.length; i++) {
      if (i > 0 && at(text, end++) != '.') {
        return Math.max(from + 1, end - 1);
      }
      int digits = 0;
      while (digits < 3 && isDigit(at(text, end))) {
        octets[i] = 10 * octets[i] + text.charAt(end++) - '0';
        digits++;
      }
      if (digits == 0 || octets[i] > 255) {
        return Math.max(from + 1, end);
      }
    }
    if (stands(text, from, end) && isPublic(octets) && !isNumbering(text, from, octets)) {
      found.add(new Span(from, end));
    }
    return end;
  }

  private static boolean stands(String text, int from, int end) {
    char before = at(text, from - 1);
    char beyond = at(text, from - 2);
    char after = at(text, end);
    boolean left =
        switch (before) {
          case '/' -> beyond == '/';
          case ':' -> !isDigit(beyond) && beyond != ':';
          default -> ".-_+".indexOf(before) < 0;
        };
    boolean right =
        !isPlain(after)
            && after != '-'
            && after != '_'
            && !(after == '.' && isPlain(at(text, end + 1)));
    return left && right;
  }

  private static boolean isNumbering(String text, int from, int[] octets) {
    if (at(text, from - 1) == '/') {
      return false;
    }
    long single = IntStream.of(octets).filter(octet -> octet < 10).count();
    boolean address =
        Borders.hinted(text, from, ADDRESSED)
            || RESOLVERS.contains(octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3]);
    return single >= 3 && !address || Borders.hinted(text, from, NUMBERED);
  }

  /** By the special-purpose registry of IANA. */
  static boolean isPublic(int[] o) {
    boolean reserved =
        o[0] == 0
            || o[0] == 10
            || o[0] == 127
            || o[0] >= 224
            || o[0] == 100 && (o[1] & 0xC0) == 64
            || o[0] == 169 && o[1] == 254
            || o[0] == 172 && (o[1] & 0xF0) == 16
            || o[0] == 192 && o[1] == 168
            || o[0] == 192 && o[1] == 0 && (o[2] == 0 || o[2] == 2)
            || o[0] == 192 && o[1] == 88 && o[2] == 99
            || o[0] == 198 && (o[1] == 18 || o[1] == 19)
            || o[0] == 198 && o[1] == 51 && o[2] == 100
            || o[0] == 203 && o[1] == 0 && o[2] == 113;
    return !reserved;
  }

  /** Looks around a colon for groups of hexadecimal digits. */
  private static int six(String text, int colon, List<Span> found) {
    int from = colon;
    while (from > 0 && colon - from < 4 && isHex(text.charAt(from - 1))) {
      from--;
    }
    char before = at(text, from - 1);
    if (isPlain(before) || before == '.' || before == ':' && !isWord(text, from - 1)) {
      return colon + 1;
    }
    int end = colon;
    while (end < text.length()
        && end - from <= LONGEST
        && (isHex(text.charAt(end)) || text.charAt(end) == ':')) {
      end++;
    }
    int whole = end;
    while (whole > colon && text.charAt(whole - 1) == ':' && !text.startsWith("::", whole - 2)) {
      whole--;
    }
    boolean alone =
        !isPlain(at(text, whole)) && !(at(text, whole) == '.' && isPlain(at(text, whole + 1)));
    if (alone && isPublicSix(text.substring(from, whole))) {
      found.add(new Span(from, whole));
      return end;
    }
    return colon + 1;
  }

  /** Whether what ends here is a word such as "IP" and no group of an address. */
  private static boolean isWord(String text, int end) {
    for (int i = end; i > 0 && end - i < WORD && isPlain(text.charAt(i - 1)); i--) {
      if (!isHex(text.charAt(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(char c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /** Whether it is a well-formed address of 2000::/3 outside 2001:db8::/32. */
  static boolean isPublicSix(String address) {
    int gap = address.indexOf("::");
    if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String[] groups = address.replaceFirst("::", ":gap:").split(":", -1);
    int count = 0;
    for (String group : groups) {
      boolean empty = group.isEmpty() || group.equals("gap");
      if (group.isEmpty() && gap < 0 || group.length() > 4) {
        return false;
      }
      count += empty ? 0 : 1;
    }
    if (gap < 0 ? count != 8 : count > 7 || count < 3) { // two groups and a gap are an expression
      return false;
    }
    if (groups[0].isEmpty()) {
      return false;
    }
    int first = Integer.parseInt(groups[0], 16);
    boolean documentation =
        first == 0x2001 && groups.length > 1 && groups[1].equalsIgnoreCase("db8");
    return first >= 0x2000 && first < 0x4000 && !documentation;
  }
}
