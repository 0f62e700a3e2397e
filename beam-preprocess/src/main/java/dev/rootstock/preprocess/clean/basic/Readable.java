package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Was read as its format asks, and is not full of U+FFFD. */
public record Readable(double maxReplacementShare) implements Rule {
  @Override
  public Verdict judge(Passage passage) {
    if (passage.document().fault() != null) {
      return new Verdict.Objection(Reason.UNREADABLE, passage.document().fault());
    }
    long replacements = passage.text().chars().filter(c -> c == 0xFFFD).count();
    int characters = passage.characters();
    return Verdict.demand(
        replacements <= maxReplacementShare * characters,
        Reason.UNREADABLE,
        replacements
            + " of "
            + characters
            + " characters are U+FFFD; at most a share of "
            + maxReplacementShare);
  }

  @Override
  public String name() {
    return "readable/1";
  }
}
