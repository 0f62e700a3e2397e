package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.contract.block.BlockList;
import dev.rootstock.contract.block.SiteAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Domains and addresses to keep away from. An entry without a path means a domain and all below it:
 * {@code example.com} is also {@code www.example.com}, never {@code notexample.com}. An entry with
 * a path means all that lies beneath it. Scheme, user, port, case and a leading {@code www.} do not
 * matter. Thread-safe.
 */
public final class SiteList {
  private final List<BlockList> lists;
  private final int longest; // characters at most

  private SiteList(List<BlockList> lists) {
    this.lists = lists;
    this.longest = lists.stream().mapToInt(BlockList::longest).max().orElse(0);
  }

  /** One entry a line; blank lines and lines that begin with {@code #} tell nothing. */
  public static SiteList of(List<String> lines) {
    return of(lines, List.of());
  }

  /** These, and the entries of lists. */
  public static SiteList of(List<String> lines, List<BlockList> lists) {
    List<byte[]> entries =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> SiteAddress.of(line).entry().getBytes(StandardCharsets.UTF_8))
            .collect(Collectors.toList());
    return new SiteList(
        Stream.concat(Stream.of(BlockList.of(entries)), lists.stream())
            .filter(list -> list.size() > 0)
            .toList());
  }

  /** The entry that an address falls under; empty if there is none. */
  public String find(String url) {
    SiteAddress address = SiteAddress.of(url);
    String host = address.hostName();
    for (int from = 0; from >= 0 && from < host.length(); from = next(host, from)) {
      if (host.length() - from <= longest && has(host.substring(from))) {
        return host.substring(from);
      }
    }
    String plain = address.text();
    int last = Math.min(plain.length(), longest);
    for (int to = host.length() + 1; to <= last; to++) {
      if ((to == plain.length() || "/?#&".indexOf(plain.charAt(to)) >= 0)
          && has(plain.substring(0, to))) {
        return plain.substring(0, to);
      }
    }
    return "";
  }

  private boolean has(String entry) {
    return lists.stream().anyMatch(list -> list.has(entry));
  }

  private static int next(String host, int from) {
    int dot = host.indexOf('.', from);
    return dot < 0 ? -1 : dot + 1;
  }
}
