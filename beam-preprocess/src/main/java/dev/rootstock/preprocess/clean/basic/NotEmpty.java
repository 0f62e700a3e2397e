package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Holds more than white space. */
public record NotEmpty() implements Rule {
  @Override
  public Verdict judge(Passage passage) {
    return Verdict.demand(!passage.text().isBlank(), Reason.EMPTY, "white space alone");
  }

  @Override
  public String name() {
    return "not-empty/1";
  }
}
