package dev.rootstock.preprocess.statistics;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Languages by which documents are counted. A corpus may claim anything, so there must be an end to
 * them: those of ISO 639 for which the JDK knows a name, and those of the language model.
 */
final class KnownLanguages {
  private static final String OTHER = "other";
  private static final Pattern REST = Pattern.compile("([-_][A-Za-z0-9]{1,8}){0,3}");
  private static final int LONGEST = 3; // letters of ISO 639
  private static final Set<String> TWO = Set.of(Locale.getISOLanguages());
  private static final Set<String> MODEL = Set.of("pnb"); // no name of the JDK's
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private KnownLanguages() {}

  /** The language of {@code zh-Hant} is {@code zh}, and that of no tag {@code other}. */
  static String name(@Nullable String tag) {
    if (tag == null) {
      return Counts.UNKNOWN;
    }
    int end = 0;
    while (end < tag.length() && end <= LONGEST && Character.isLetter(tag.charAt(end))) {
      end++;
    }
    String language = tag.substring(0, end).toLowerCase(Locale.ROOT);
    return (end == 2 || end == LONGEST)
            && REST.matcher(tag).region(end, tag.length()).matches()
            && KNOWN.computeIfAbsent(language, KnownLanguages::known)
        ? language
        : OTHER;
  }

  private static boolean known(String language) {
    return language.length() == 2
        ? TWO.contains(language)
        : MODEL.contains(language)
            || !new Locale(language).getDisplayLanguage(Locale.ENGLISH).equals(language);
  }
}
