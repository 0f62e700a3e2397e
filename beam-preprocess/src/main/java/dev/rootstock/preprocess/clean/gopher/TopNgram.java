package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** No run of two, three or four words makes up much of it. */
public record TopNgram() implements Rule {
  private static final double[] MOST = {0.20, 0.18, 0.16}; // of the whole text, by n from 2

  @Override
  public Verdict judge(Passage passage) {
    int characters = Math.max(1, passage.characters());
    int joint = passage.writing().joint().length();
    Ngrams runs = Ngrams.of(passage.words(), 2);
    for (double most : MOST) {
      double share = (double) runs.topCharacters(joint) / characters;
      if (share > most) {
        return Verdict.atMost(
            share,
            most,
            Reason.TOP_NGRAM,
            "share of characters in the most frequent " + runs.n() + " words");
      }
      runs.grow();
    }
    return Verdict.PASS;
  }

  @Override
  public String name() {
    return "top-ngram/1";
  }
}
