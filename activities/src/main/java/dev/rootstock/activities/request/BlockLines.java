package dev.rootstock.activities.request;

import dev.rootstock.contract.block.SiteAddress;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads one file of a block list: an entry a line, in UTF-8, packed with gzip or not. Blank lines
 * and lines that begin with {@code #} or {@code !} tell nothing.
 */
final class BlockLines {
  private static final int SHOWN = 3; // broken lines told one by one
  private static final int LONGEST = 2000; // characters; more is no list

  private static final Pattern HOST =
      Pattern.compile("(?!\\p{Punct})([\\p{L}\\p{M}\\p{N}_-]|\\.(?!\\.))+");
  private static final Pattern NUMERIC_HOST = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final Pattern NUMERIC =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F]*:[0-9a-zA-Z:%]*"); // what a hosts line begins with
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

  /** What hosts files say of their own machine. */
  private static final Set<String> OWN =
      Set.of("localhost", "localhost.localdomain", "local", "broadcasthost", "0.0.0.0");

  private final boolean sites;
  private final boolean letters;
  private final List<String> broken = new ArrayList<>();
  private long breaks;

  private BlockLines(boolean sites, boolean letters) {
    this.sites = sites;
    this.letters = letters;
  }

  /**
   * Domains and addresses, also as hosts files ({@code 0.0.0.0 example.com}), UT1's lists, Squid
   * ({@code .example.com}) and ad blockers ({@code ||example.com^}) write them.
   */
  static BlockLines ofSites() {
    return new BlockLines(true, false);
  }

  /** Words of addresses: of a to z and digits. */
  static BlockLines ofUrlWords() {
    return new BlockLines(false, true);
  }

  /** Words and phrases of texts. */
  static BlockLines ofWords() {
    return new BlockLines(false, false);
  }

  /**
   * Adds a file's entries.
   *
   * @return what is wrong with its lines, in words; empty if nothing is
   */
  String read(InputStream file, List<byte[]> entries) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(unpacked(file), StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
        String plain = (number == 1 ? line.replaceFirst("^\uFEFF", "") : line).strip();
        if (!plain.isEmpty() && "#!".indexOf(plain.charAt(0)) < 0 && !add(plain, entries)) {
          breaks++;
          if (broken.size() < SHOWN) {
            broken.add("line " + number + " (" + brief(plain) + ")");
          }
        }
      }
    }
    String more = breaks > SHOWN ? " and " + (breaks - SHOWN) + " more" : "";
    return String.join(", ", broken) + more;
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    InputStream bytes = new BufferedInputStream(file, 1 << 16);
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private boolean add(String line, List<byte[]> entries) {
    if (line.length() > LONGEST || line.indexOf('\uFFFD') >= 0 || line.indexOf('\0') >= 0) {
      return false;
    }
    if (sites) {
      return addSites(line, entries);
    }
    String low = line.toLowerCase(Locale.ROOT);
    if (letters && !WORD.matcher(low).matches()) {
      return false;
    }
    return entries.add(low.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean addSites(String line, List<byte[]> entries) {
    int comment = line.indexOf(" #");
    String[] parts = SPACE.split((comment < 0 ? line : line.substring(0, comment)).strip());
    boolean hosts = parts.length > 1 && NUMERIC.matcher(parts[0]).matches();
    if (parts.length > 1 && !hosts) {
      return false;
    }
    boolean sound = true;
    for (int i = hosts ? 1 : 0; i < parts.length; i++) {
      if (!hosts || (!OWN.contains(parts[i]) && !parts[i].startsWith("ip6-"))) {
        sound &= addSite(parts[i], entries);
      }
    }
    return sound;
  }

  private static boolean addSite(String written, List<byte[]> entries) {
    boolean marked = written.startsWith("||") && written.endsWith("^");
    String plain = marked ? written.substring(2, written.length() - 1) : written;
    String site = plain.substring(plain.startsWith("*.") ? 2 : plain.startsWith(".") ? 1 : 0);
    SiteAddress address = SiteAddress.of(site);
    String host = address.hostName();
    boolean whole = host.indexOf('.') > 0 || host.startsWith("[") || !site.equals(plain);
    boolean name = HOST.matcher(host).matches() || NUMERIC_HOST.matcher(host).matches();
    return whole && name && entries.add(address.entry().getBytes(StandardCharsets.UTF_8));
  }

  private static String brief(String line) {
    return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
  }
}
