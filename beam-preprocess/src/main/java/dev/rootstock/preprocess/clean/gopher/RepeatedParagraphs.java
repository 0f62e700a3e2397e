package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.List;
import java.util.regex.Pattern;

/** Few of its paragraphs, which blank lines part, repeat earlier ones. */
public record RepeatedParagraphs() implements Rule {
  private static final double MOST = 0.3;
  private static final double MOST_CHARACTERS = 0.2; // of the whole text
  private static final Pattern BETWEEN = Pattern.compile("\n{2,}");

  @Override
  public Verdict judge(Passage passage) {
    Repeats repeats = Repeats.of(List.of(BETWEEN.split(passage.text().strip(), -1)));
    if (repeats.share() > MOST) {
      return Verdict.atMost(
          repeats.share(), MOST, Reason.DUP_PARAGRAPHS, "share of repeated paragraphs");
    }
    return Verdict.atMost(
        (double) repeats.characters() / Math.max(1, passage.characters()),
        MOST_CHARACTERS,
        Reason.DUP_PARAGRAPH_CHARS,
        "share of characters in repeated paragraphs");
  }

  @Override
  public String name() {
    return "repeated-paragraphs/1";
  }
}
