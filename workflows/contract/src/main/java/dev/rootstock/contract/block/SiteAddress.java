package dev.rootstock.contract.block;

import java.net.IDN;
import java.util.Locale;

/**
 * An address as lists of sites write it: host and what follows. Scheme, user, port, case and a
 * leading {@code www.} are gone, and a host's letters are ASCII ({@code xn--…}).
 *
 * @param text the whole
 * @param host number of its characters that are the host's
 */
public record SiteAddress(String text, int host) {
  public static SiteAddress of(String url) {
    String plain = url.strip();
    int scheme = plain.indexOf("://");
    plain = scheme < 0 ? plain : plain.substring(scheme + 3);
    int end = hostEnd(plain);
    String host = plain.substring(plain.lastIndexOf('@', end) + 1, end).toLowerCase(Locale.ROOT);
    host = ascii(plainHost(host));
    return new SiteAddress(host + plain.substring(end), host.length());
  }

  /** The entry of a list: a host alone, or an address without a slash at its end. */
  public String entry() {
    String path = text.substring(host);
    return path.isEmpty() || path.equals("/")
        ? hostName()
        : text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  public String hostName() {
    return text.substring(0, host);
  }

  private static String plainHost(String host) {
    int to = host.length();
    while (to > 0 && host.charAt(to - 1) >= '0' && host.charAt(to - 1) <= '9') {
      to--;
    }
    to = to > 0 && host.charAt(to - 1) == ':' ? to - 1 : host.length();
    to = to > 0 && host.charAt(to - 1) == '.' ? to - 1 : to;
    return host.substring(host.startsWith("www.") && to > 4 ? 4 : 0, to);
  }

  private static String ascii(String host) {
    if (host.chars().allMatch(c -> c < 0x80)) {
      return host;
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noName) {
      return host;
    }
  }

  private static int hostEnd(String plain) {
    int end = 0;
    while (end < plain.length() && "/?#".indexOf(plain.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
