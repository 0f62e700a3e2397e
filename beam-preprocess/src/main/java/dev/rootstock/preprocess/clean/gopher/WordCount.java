package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;
import dev.rootstock.preprocess.language.Writing.Size;

/** Has 50 to 100,000 words that are more than punctuation; by its writing, characters instead. */
public record WordCount() implements Rule {
  private static final int MOST = 100_000; // words

  @Override
  public Verdict judge(Passage passage) {
    Size least = passage.writing().document();
    int words = count(passage.words());
    int size = least.words() ? words : passage.characters();
    if (words == 0 || size < least.least()) {
      String found = words == 0 ? "0 words" : size + " " + least.unit();
      return new Verdict.Objection(Reason.FEW_WORDS, found + "; at least " + least.least());
    }
    return Verdict.demand(words <= MOST, Reason.MANY_WORDS, words + " words; at most " + MOST);
  }

  private static int count(Words words) {
    int count = 0;
    for (int i = 0; i < words.size(); i++) {
      count += words.isWord(i) ? 1 : 0;
    }
    return count;
  }

  @Override
  public String name() {
    return "word-count/1";
  }
}
