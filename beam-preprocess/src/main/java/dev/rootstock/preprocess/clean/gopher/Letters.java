package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;

/** Most of its words, punctuation marks among them, hold a letter. */
public record Letters() implements Rule {
  private static final double LEAST = 0.8;

  @Override
  public Verdict judge(Passage passage) {
    Words words = passage.words();
    int with = 0;
    for (int i = 0; i < words.size(); i++) {
      with += words.hasLetter(i) ? 1 : 0;
    }
    return Verdict.atLeast(
        words.size() == 0 ? 0 : (double) with / words.size(),
        LEAST,
        Reason.FEW_LETTERS,
        "share of words with a letter");
  }

  @Override
  public String name() {
    return "letters/1";
  }
}
