package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Guess;
import dev.rootstock.preprocess.language.Languages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notes the language of a text and how certain it is, and may ask for certainty and for one of some
 * languages.
 */
public final class InLanguage implements Rule {
  private static final Set<String> NORWEGIAN = Set.of("nb", "nn");

  private final Optional<Double> above;
  private final List<String> keep;

  private InLanguage(Optional<Double> above, List<String> keep) {
    this.above = above;
    this.keep = keep;
  }

  /** Drops nothing. */
  public static InLanguage noted() {
    return new InLanguage(Optional.empty(), List.of());
  }

  /**
   * Drops what is not certain, and what is in none of some languages.
   *
   * @param above the score to be above
   * @param keep BCP 47 tags; empty keeps all
   */
  public static InLanguage certain(double above, List<String> keep) {
    return new InLanguage(Optional.of(above), List.copyOf(keep));
  }

  @Override
  public Verdict judge(Passage passage) {
    Guess guess = Languages.of(passage.text(), passage.document().language());
    if (above.isPresent() && guess.score() <= above.get()) {
      return new Verdict.Objection(
          Reason.LANGUAGE, guess.tag() + " " + rounded(guess) + "; above " + above.get());
    }
    if (!keep.isEmpty() && keep.stream().noneMatch(tag -> covers(tag, guess.tag()))) {
      return new Verdict.Objection(
          Reason.LANGUAGE,
          guess.tag() + " " + rounded(guess) + "; one of " + String.join(", ", keep));
    }
    return new Verdict.Change(passage.withLanguage(guess.tag(), guess.score()), Map.of());
  }

  /** Whether a tag stands for a language: {@code pt-BR} for {@code pt}, {@code no} for both. */
  private static boolean covers(String tag, String language) {
    String primary = tag.indexOf('-') < 0 ? tag : tag.substring(0, tag.indexOf('-'));
    return primary.equals(language) || primary.equals("no") && NORWEGIAN.contains(language);
  }

  private static double rounded(Guess guess) {
    return Math.round(guess.score() * 1e4) / 1e4;
  }

  @Override
  public String name() {
    return "language/1";
  }
}
