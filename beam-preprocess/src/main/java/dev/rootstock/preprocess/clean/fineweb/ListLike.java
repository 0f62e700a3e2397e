package dev.rootstock.preprocess.clean.fineweb;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Has few newlines for its words, punctuation marks among them. */
public record ListLike() implements Rule {
  private static final double MOST = 0.3; // a word

  @Override
  public Verdict judge(Passage passage) {
    int words = passage.words().size();
    if (words == 0) {
      return new Verdict.Objection(Reason.FEW_WORDS, "0 words; at least 1");
    }
    double newlines = passage.text().chars().filter(c -> c == '\n').count();
    return Verdict.atMost(newlines / words, MOST, Reason.LIST_LIKE, "newlines a word");
  }

  @Override
  public String name() {
    return "list-like/1";
  }
}
