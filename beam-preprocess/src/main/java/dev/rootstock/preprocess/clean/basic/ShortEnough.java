package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Has at most so many characters. */
public record ShortEnough(int maxCharacters) implements Rule {
  @Override
  public Verdict judge(Passage passage) {
    int characters = passage.characters();
    return Verdict.demand(
        characters <= maxCharacters,
        Reason.TOO_LONG,
        characters + " characters; at most " + maxCharacters);
  }

  @Override
  public String name() {
    return "short-enough/1";
  }
}
