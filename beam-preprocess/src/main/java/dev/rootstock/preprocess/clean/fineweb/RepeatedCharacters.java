package dev.rootstock.preprocess.clean.fineweb;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.clean.gopher.Repeats;

/** Next to none of its characters are in lines that repeat earlier ones. */
public record RepeatedCharacters() implements Rule {
  private static final double MOST = 0.01; // of all but newlines

  @Override
  public Verdict judge(Passage passage) {
    Repeats repeats = Repeats.of(passage.lines().stream().filter(line -> !line.isBlank()).toList());
    long newlines = passage.text().chars().filter(c -> c == '\n').count();
    long characters = Math.max(1, passage.characters() - newlines);
    return Verdict.atMost(
        (double) repeats.characters() / characters,
        MOST,
        Reason.DUP_CHARS,
        "share of characters in repeated lines");
  }

  @Override
  public String name() {
    return "repeated-characters/1";
  }
}
