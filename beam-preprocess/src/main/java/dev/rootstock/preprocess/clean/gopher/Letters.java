package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;

/**
 * Most of its words hold a letter. Punctuation marks are words here, but for those that a
 * dictionary found: they are so short that marks alone would be a fifth of a good text.
 */
public record Letters() implements Rule {
  private static final double LEAST = 0.8;

  @Override
  public Verdict judge(Passage passage) {
    Words words = passage.words();
    boolean marks = !passage.writing().byDictionary();
    int all = 0;
    int with = 0;
    for (int i = 0; i < words.size(); i++) {
      all += marks || words.isWord(i) ? 1 : 0;
      with += words.hasLetter(i) ? 1 : 0;
    }
    return Verdict.atLeast(
        all == 0 ? 0 : (double) with / all,
        LEAST,
        Reason.FEW_LETTERS,
        "share of words with a letter");
  }

  @Override
  public String name() {
    return "letters/1";
  }
}
