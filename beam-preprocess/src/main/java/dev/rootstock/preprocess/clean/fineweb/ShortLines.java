package dev.rootstock.preprocess.clean.fineweb;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Not too many of its lines are short: up to 30 characters; by its writing, fewer. */
public record ShortLines() implements Rule {
  private static final double MOST = 0.67; // of the lines that are not blank

  @Override
  public Verdict judge(Passage passage) {
    int length = passage.writing().shortLine();
    long few = 0;
    long lines = 0;
    for (String line : passage.lines()) {
      boolean counts = !line.isBlank();
      lines += counts ? 1 : 0;
      few += counts && Passage.characters(line) <= length ? 1 : 0;
    }
    return Verdict.atMost(
        lines == 0 ? 1 : (double) few / lines,
        MOST,
        Reason.SHORT_LINES,
        "share of lines of up to " + length + " characters");
  }

  @Override
  public String name() {
    return "short-lines/1";
  }
}
