package dev.rootstock.preprocess.clean.fineweb;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Sentences;

/** Enough of its lines end in a mark that ends a sentence. */
public record LineEnds() implements Rule {
  private static final double LEAST = 0.12; // of the lines that are not blank

  @Override
  public Verdict judge(Passage passage) {
    if (!passage.writing().marksSentences()) {
      return Verdict.PASS;
    }
    long ended = 0;
    long lines = 0;
    for (String line : passage.lines()) {
      lines += line.isBlank() ? 0 : 1;
      ended += Sentences.atEndOf(line) ? 1 : 0;
    }
    return Verdict.atLeast(
        lines == 0 ? 0 : (double) ended / lines,
        LEAST,
        Reason.FEW_LINE_ENDS,
        "share of lines that end a sentence");
  }

  @Override
  public String name() {
    return "line-ends/1";
  }
}
