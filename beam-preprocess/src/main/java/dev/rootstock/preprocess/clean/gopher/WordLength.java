package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;

/** Its words are of ordinary length: 3 to 10 characters in the mean; by its writing, others. */
public record WordLength() implements Rule {
  @Override
  public Verdict judge(Passage passage) {
    Words words = passage.words();
    long characters = 0;
    int count = 0;
    for (int i = 0; i < words.size(); i++) {
      if (words.isWord(i)) {
        characters += words.length(i);
        count++;
      }
    }
    if (count == 0) {
      return new Verdict.Objection(Reason.FEW_WORDS, "0 words; at least 1");
    }
    double mean = (double) characters / count;
    double least = passage.writing().shortestMean();
    return mean < least
        ? Verdict.atLeast(mean, least, Reason.SHORT_WORDS, "mean characters of a word")
        : Verdict.atMost(
            mean, passage.writing().longestMean(), Reason.LONG_WORDS, "mean characters of a word");
  }

  @Override
  public String name() {
    return "word-length/1";
  }
}
