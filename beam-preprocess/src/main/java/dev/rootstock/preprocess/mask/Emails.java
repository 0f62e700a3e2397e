package dev.rootstock.preprocess.mask;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Addresses of the form {@code atom.atom@host.tld}. Looks for the sign first and outward from it,
 * never further than an address may reach. Left alone: reserved example domains, {@code
 * git@host:path}, and names of image files such as {@code logo@2x.png}.
 */
final class Emails implements Mask.Finder {
  private static final int LOCAL = 64; // characters, RFC 5321
  private static final int HOST = 255;
  private static final String ATOM = "._%+-'&~";
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d");
  private static final Set<String> FILES =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "html", "php");
  private static final Set<String> RESERVED = Set.of("example", "invalid", "test", "localhost");

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int done = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int from = local(text, at, done);
      int to = host(text, at + 1);
      if (from < at
          && to > at
          && !isGit(text, from, at, to)
          && !isReserved(text.substring(at + 1, to))) {
        found.add(new Span(from, to));
        done = to;
      }
    }
    return found;
  }

  /** Where the part before the sign begins; the sign's own place if there is none. */
  private static int local(String text, int at, int done) {
    int from = at;
    while (from > done && at - from < LOCAL && inAtom(text.charAt(from - 1))) {
      from--;
    }
    if (from > done && inAtom(text.charAt(from - 1))) {
      from = behindLeader(text, from, at); // longer than any address
    }
    while (from < at && !Character.isLetterOrDigit(text.charAt(from)) && text.charAt(from) != '_') {
      from++;
    }
    return from < at && text.charAt(at - 1) != '.' ? from : at;
  }

  /** Behind the last sign that stands twice, as in a table of contents; the end if none does. */
  private static int behindLeader(String text, int from, int at) {
    for (int i = at - 1; i > from; i--) {
      char c = text.charAt(i);
      if ((c == '.' || c == '_' || c == '-') && text.charAt(i - 1) == c) {
        return i + 1;
      }
    }
    return at;
  }

  private static boolean inAtom(char c) {
    return c < 128
        ? Borders.isPlain(c) || ATOM.indexOf(c) >= 0
        : Character.isLetterOrDigit(c) && c < 0x2E80;
  }

  /** Where the host ends; 0 if there is none. */
  private static int host(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < HOST && inHost(text, end, from)) {
      end++;
    }
    int whole = end;
    while (end > from) {
      int dot = end - 1;
      while (dot > from && text.charAt(dot) != '.') {
        dot--;
      }
      if (dot == from) {
        return 0;
      }
      int top = behindTop(text, dot + 1, end);
      if (top > dot + 2) {
        String last = text.substring(dot + 1, top).toLowerCase(Locale.ROOT);
        boolean version = end < whole && VERSION.matcher(text).region(from, end).lookingAt();
        return FILES.contains(last) || version ? 0 : top;
      }
      end = dot; // the point of the sentence, or a label that is no domain's last
    }
    return 0;
  }

  /** Where the letters of a last label end; its beginning if it is none. */
  private static int behindTop(String text, int from, int end) {
    boolean coded = text.startsWith("xn--", from);
    int i = from;
    while (i < end && (Character.isLetter(text.charAt(i)) || coded)) {
      i++;
    }
    while (coded && i > from && text.charAt(i - 1) == '-') {
      i--;
    }
    return i == end || text.charAt(i) == '-' ? i : from;
  }

  private static boolean inHost(String text, int at, int from) {
    char c = text.charAt(at);
    char before = at == from ? '.' : text.charAt(at - 1);
    if (c == '.' || c == '-') {
      return before != '.' && (c == '-' || before != '-');
    }
    return c < 128 ? Borders.isPlain(c) : Character.isLetterOrDigit(c) && c < 0x2E80;
  }

  private static boolean isGit(String text, int from, int at, int to) {
    return text.regionMatches(from, "git", 0, 3)
        && at == from + 3
        && (Borders.at(text, to) == ':' || Borders.at(text, to) == '/');
  }

  private static boolean isReserved(String host) {
    String low = host.toLowerCase(Locale.ROOT);
    String top = low.substring(low.lastIndexOf('.') + 1);
    return RESERVED.contains(top) || low.matches("(.*\\.)?example\\.(com|org|net)");
  }
}
