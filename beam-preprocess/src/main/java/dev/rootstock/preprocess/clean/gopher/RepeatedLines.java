package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.List;

/** Few of its lines repeat earlier ones. */
public record RepeatedLines() implements Rule {
  private static final double MOST = 0.3;
  private static final double MOST_CHARACTERS = 0.2; // of the whole text

  @Override
  public Verdict judge(Passage passage) {
    List<String> lines = passage.lines().stream().filter(line -> !line.isEmpty()).toList();
    Repeats repeats = Repeats.of(lines);
    if (repeats.share() > MOST) {
      return Verdict.atMost(repeats.share(), MOST, Reason.DUP_LINES, "share of repeated lines");
    }
    return Verdict.atMost(
        (double) repeats.characters() / Math.max(1, passage.characters()),
        MOST_CHARACTERS,
        Reason.DUP_LINE_CHARS,
        "share of characters in repeated lines");
  }

  @Override
  public String name() {
    return "repeated-lines/1";
  }
}
