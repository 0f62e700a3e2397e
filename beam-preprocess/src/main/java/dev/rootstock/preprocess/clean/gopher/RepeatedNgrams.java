package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Runs of five to ten words that were there before make up little of it. */
public record RepeatedNgrams() implements Rule {
  private static final int SHORTEST = 5; // words
  private static final double[] MOST = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10}; // by n from 5

  @Override
  public Verdict judge(Passage passage) {
    int characters = Math.max(1, passage.characters());
    Ngrams runs = Ngrams.of(passage.words(), SHORTEST);
    for (double most : MOST) {
      double share = (double) runs.repeatedCharacters() / characters;
      if (share > most) {
        return Verdict.atMost(
            share,
            most,
            Reason.DUP_NGRAMS,
            "share of characters in repeated " + runs.n() + " words");
      }
      runs.grow();
    }
    return Verdict.PASS;
  }

  @Override
  public String name() {
    return "repeated-ngrams/1";
  }
}
