package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;

/** Has few number signs and few ellipses for its words; a Chinese ellipsis of two marks is one. */
public record Symbols() implements Rule {
  private static final double MOST = 0.1; // a word

  @Override
  public Verdict judge(Passage passage) {
    String text = passage.text();
    int words = passage.words().size();
    if (words == 0) {
      return new Verdict.Objection(Reason.FEW_WORDS, "0 words; at least 1");
    }
    double hashes = (double) text.chars().filter(c -> c == '#').count() / words;
    if (hashes > MOST) {
      return Verdict.atMost(hashes, MOST, Reason.HASHES, "number signs a word");
    }
    return Verdict.atMost(
        (double) ellipses(text, passage.writing().byDictionary()) / words,
        MOST,
        Reason.ELLIPSES,
        "ellipses a word");
  }

  private static int ellipses(String text, boolean pairs) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\u2026') {
        count++;
        i += pairs && text.startsWith("\u2026", i + 1) ? 1 : 0;
      } else if (text.startsWith("...", i)) {
        count++;
        i += 2;
      }
    }
    return count;
  }

  @Override
  public String name() {
    return "symbols/1";
  }
}
