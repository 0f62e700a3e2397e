package dev.rootstock.contract.store;

import dev.rootstock.contract.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest's sum of itself, for those of format 2: {@code madeBy.manifestSum} is the sha256 of
 * the file's bytes with 64 zeroes in its own place. So a changed byte is found in a manifest as it
 * is in the files it lists.
 */
final class ManifestSum {
  static final int FORMAT = 2;
  private static final String KEY = "manifestSum";
  private static final String ZEROES = "0".repeat(64);
  private static final Pattern SUM = Pattern.compile("\"" + KEY + "\"\\s*:\\s*\"(.{64})\"");

  private ManifestSum() {}

  /** A manifest with room for its sum; one of format 1 as it is. */
  static Map<String, Object> room(int format, Map<String, Object> madeBy) {
    if (format < FORMAT) {
      return madeBy;
    }
    Map<String, Object> roomy = new LinkedHashMap<>(madeBy);
    roomy.put(KEY, ZEROES);
    return roomy;
  }

  /** Text with the sum in its room; text that has no room as it is. */
  static String stamp(String text) {
    Matcher place = SUM.matcher(text);
    return place.find() ? fill(text, place, sum(text)) : text;
  }

  /** Whether the text of a manifest is as it was written, as far as its format lets one know. */
  static boolean holds(String text, int format) {
    Matcher place = SUM.matcher(text);
    if (!place.find()) {
      return format == 1;
    }
    return place.group(1).equals(sum(fill(text, place, ZEROES)));
  }

  private static String fill(String text, Matcher place, String sum) {
    return text.substring(0, place.start(1)) + sum + text.substring(place.end(1));
  }

  private static String sum(String text) {
    return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
