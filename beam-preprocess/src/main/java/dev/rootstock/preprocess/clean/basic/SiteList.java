package dev.rootstock.preprocess.clean.basic;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Domains and addresses to keep away from. An entry without a path means a domain and all below it:
 * {@code example.com} is also {@code www.example.com}, never {@code notexample.com}. An entry with
 * a path means all that lies beneath it. Scheme, user, port, case and a leading {@code www.} do not
 * matter. Thread-safe.
 */
public final class SiteList {
  private final Set<String> domains = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();

  private int longestDomain;
  private int longestAddress;

  private SiteList() {}

  /** One entry a line; blank lines and lines that begin with {@code #} tell nothing. */
  public static SiteList of(List<String> lines) {
    SiteList list = new SiteList();
    for (String line : lines) {
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        String plain = plain(entry);
        int path = host(plain).length();
        boolean whole = plain.substring(path).matches("/?");
        (whole ? list.domains : list.addresses).add(whole ? host(plain) : trimmed(plain));
      }
    }
    list.longestDomain = longest(list.domains);
    list.longestAddress = longest(list.addresses);
    return list;
  }

  /** The entry that an address falls under; empty if there is none. */
  public String find(String url) {
    String plain = plain(url);
    String host = host(plain);
    for (int from = 0; from >= 0 && from < host.length(); from = next(host, from)) {
      if (host.length() - from <= longestDomain && domains.contains(host.substring(from))) {
        return host.substring(from);
      }
    }
    int last = Math.min(plain.length(), longestAddress);
    for (int to = host.length() + 1; to <= last; to++) {
      if ((to == plain.length() || "/?#&".indexOf(plain.charAt(to)) >= 0)
          && addresses.contains(plain.substring(0, to))) {
        return plain.substring(0, to);
      }
    }
    return "";
  }

  private static int longest(Set<String> entries) {
    return entries.stream().mapToInt(String::length).max().orElse(0);
  }

  private static int next(String host, int from) {
    int dot = host.indexOf('.', from);
    return dot < 0 ? -1 : dot + 1;
  }

  private static String trimmed(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** Host and what follows. */
  private static String plain(String url) {
    String plain = url.strip();
    int scheme = plain.indexOf("://");
    plain = scheme < 0 ? plain : plain.substring(scheme + 3);
    int end = hostEnd(plain);
    String host = plain.substring(plain.lastIndexOf('@', end) + 1, end).toLowerCase(Locale.ROOT);
    host = host.replaceFirst(":\\d*$", "").replaceFirst("\\.$", "").replaceFirst("^www\\.", "");
    return host + plain.substring(end);
  }

  private static String host(String plain) {
    return plain.substring(0, hostEnd(plain));
  }

  private static int hostEnd(String plain) {
    int end = 0;
    while (end < plain.length() && "/?#".indexOf(plain.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
