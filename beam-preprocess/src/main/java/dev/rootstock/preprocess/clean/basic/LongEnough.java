package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Has at least so many characters. */
public record LongEnough(int minCharacters) implements Rule {
  @Override
  public Verdict judge(Passage passage) {
    int characters = passage.characters();
    return Verdict.demand(
        characters >= minCharacters,
        Reason.TOO_SHORT,
        characters + " characters; at least " + minCharacters);
  }

  @Override
  public String name() {
    return "long-enough/1";
  }
}
