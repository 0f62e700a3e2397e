package dev.rootstock.preprocess.extract;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a page to characters. A byte order mark decides; then the HTTP header, the page's own
 * meta element and UTF-8 are tried in this order, each taken only if the bytes fit it; else
 * windows-1252.
 */
final class Decoding {
  private static final int HEAD =
      16_384; // bytes searched for a meta element; browsers look at 1,024
  private static final int TOLERATED =
      20; // sound characters beyond ASCII that outweigh a broken one

  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Pattern META =
      Pattern.compile(
          "<meta[^>]{0,200}?charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([\\w:.-]{2,40})"
              + "|<\\?xml[^>]{0,100}?encoding\\s{0,9}=\\s{0,9}[\"']([\\w:.-]{2,40})",
          Pattern.CASE_INSENSITIVE);

  /** Names under which browsers read a superset, because that is what pages mean by them. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso_8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("ascii", "windows-1252"),
          Map.entry("us-ascii", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("windows-874", "x-windows-874"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("utf8", "UTF-8"),
          Map.entry("unicode", "UTF-8"),
          Map.entry("utf-16", "UTF-8"), // a page whose meta element could be read is not UTF-16
          Map.entry("utf-16le", "UTF-8"),
          Map.entry("utf-16be", "UTF-8"));

  private Decoding() {}

  /** The page's text; what cannot be read becomes U+FFFD. Never fails. */
  static String of(byte[] html, @Nullable String hint) {
    if (starts(html, 0xEF, 0xBB, 0xBF)) {
      return new String(html, 3, html.length - 3, StandardCharsets.UTF_8);
    }
    if (starts(html, 0xFE, 0xFF)) {
      return new String(html, 2, html.length - 2, StandardCharsets.UTF_16BE);
    }
    if (starts(html, 0xFF, 0xFE)) {
      return new String(html, 2, html.length - 2, StandardCharsets.UTF_16LE);
    }
    for (Charset charset : candidates(html, hint)) {
      String text = new String(html, charset);
      if (fits(text, charset.equals(UTF_8) ? 1 : TOLERATED)) {
        return text;
      }
    }
    return new String(html, WINDOWS_1252);
  }

  /**
   * In the order to try. UTF-8 goes before a declared single-byte set: those read any bytes,
   * servers declare them by default, and other text is not well-formed UTF-8 by chance.
   */
  private static List<Charset> candidates(byte[] html, @Nullable String hint) {
    List<Charset> candidates = new ArrayList<>();
    for (Charset declared : new Charset[] {named(hint), named(meta(html))}) {
      if (declared != null) {
        if (declared.newEncoder().maxBytesPerChar() == 1 && !candidates.contains(UTF_8)) {
          candidates.add(UTF_8);
        }
        candidates.add(declared);
      }
    }
    candidates.add(UTF_8);
    return candidates;
  }

  private static @Nullable String meta(byte[] html) {
    String head = new String(html, 0, Math.min(html.length, HEAD), StandardCharsets.ISO_8859_1);
    Matcher meta = META.matcher(head);
    return meta.find() ? meta.group(1) == null ? meta.group(2) : meta.group(1) : null;
  }

  private static @Nullable Charset named(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String plain = name.strip().toLowerCase(Locale.ROOT);
    try {
      String meant = MEANT.getOrDefault(plain, plain);
      return Charset.isSupported(meant) && Charset.forName(meant).canEncode()
          ? Charset.forName(meant)
          : null;
    } catch (IllegalCharsetNameException | UnsupportedOperationException unknown) {
      return null;
    }
  }

  /**
   * A cut-off end or a stray byte is no proof against a character set; many are. In UTF-8 each
   * sound character is a proof for it, since other text does not form one by chance.
   */
  private static boolean fits(String text, int tolerated) {
    int broken = 0;
    int sound = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      broken += c == '\uFFFD' ? 1 : 0;
      sound += c > 0x7F && c != '\uFFFD' ? 1 : 0;
    }
    return (long) broken * tolerated <= sound;
  }

  private static boolean starts(byte[] bytes, int... with) {
    if (bytes.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((bytes[i] & 0xFF) != with[i]) {
        return false;
      }
    }
    return true;
  }
}
