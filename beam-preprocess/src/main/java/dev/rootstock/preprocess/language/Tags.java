package dev.rootstock.preprocess.language;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of languages: BCP 47 asks for two letters where there are two. */
final class Tags {
  /** What the model calls otherwise than the JDK's table of names, or more closely. */
  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("cmn", "zh"),
          Map.entry("ekk", "et"),
          Map.entry("lvs", "lv"),
          Map.entry("pes", "fa"),
          Map.entry("plt", "mg"),
          Map.entry("heb", "he"),
          Map.entry("ind", "id"),
          Map.entry("yid", "yi"));

  private static final Map<String, String> BY_THREE = byThree();

  /** Written so alike that one is no doubt about the other. */
  private static final List<Set<String>> SIBLINGS =
      List.of(
          Set.of("nb", "nn", "no"),
          Set.of("bs", "hr", "sr", "sh"),
          Set.of("id", "ms"),
          Set.of("fa", "pnb"));

  private Tags() {}

  /** The tag of a language of ISO 639-3. */
  static String of(String three) {
    String special = SPECIAL.get(three);
    return special != null ? special : BY_THREE.getOrDefault(three, three);
  }

  /** {@code pt} of {@code pt-BR}. */
  static String primary(String tag) {
    int end = tag.indexOf('-');
    return (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  static boolean siblings(String one, String other) {
    return SIBLINGS.stream().anyMatch(set -> set.contains(one) && set.contains(other));
  }

  private static Map<String, String> byThree() {
    Map<String, String> tags = new HashMap<>();
    for (String two : Locale.getISOLanguages()) {
      tags.putIfAbsent(Locale.forLanguageTag(two).getISO3Language(), two);
    }
    return tags;
  }
}
