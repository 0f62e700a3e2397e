package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.contract.CleaningSpec.Blocked;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does not come from a blocked address. A document without an address passes. */
public final class BlockedAddress implements Rule {
  private static final int SOFT_WORDS = 2; // datatrove's url filter, as FineWeb used it
  private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");

  private final SiteList sites;
  private final Set<String> words;
  private final Set<String> softWords;
  private final Set<String> parts;
  private final int[] partLengths;

  /**
   * @param sites those of {@code blocked} and more
   * @param blocked words with those of its files
   */
  public BlockedAddress(SiteList sites, Blocked blocked) {
    this.sites = sites;
    words = low(blocked.urlWords());
    softWords = low(blocked.softUrlWords());
    parts = low(blocked.urlParts());
    partLengths = parts.stream().mapToInt(String::length).sorted().distinct().toArray();
  }

  @Override
  public Verdict judge(Passage passage) {
    String url = passage.document().url();
    if (url == null) {
      return Verdict.PASS;
    }
    String site = sites.find(url);
    if (!site.isEmpty()) {
      return objection("site " + site);
    }
    List<String> itsWords = List.of(BETWEEN.split(url.toLowerCase(Locale.ROOT)));
    for (String word : itsWords) {
      if (words.contains(word)) {
        return objection("word " + word);
      }
    }
    List<String> soft = itsWords.stream().distinct().filter(softWords::contains).toList();
    if (soft.size() >= SOFT_WORDS) {
      return objection("words " + String.join(", ", soft) + "; below " + SOFT_WORDS);
    }
    String letters = String.join("", itsWords);
    String part = part(letters);
    return part.isEmpty() ? Verdict.PASS : objection("part " + part);
  }

  /** The first by alphabet; looked up, not searched for, since lists have thousands. */
  private String part(String letters) {
    String first = "";
    for (int length : partLengths) {
      for (int from = 0; from + length <= letters.length(); from++) {
        String part = letters.substring(from, from + length);
        if (parts.contains(part) && (first.isEmpty() || part.compareTo(first) < 0)) {
          first = part;
        }
      }
    }
    return first;
  }

  private static Verdict objection(String detail) {
    return new Verdict.Objection(Reason.URL_BLOCKED, detail);
  }

  private static Set<String> low(List<String> words) {
    return words.stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public String name() {
    return "url/1";
  }
}
