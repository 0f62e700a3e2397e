package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CleaningSpec.Recipe;
import dev.rootstock.preprocess.clean.basic.BlockedAddress;
import dev.rootstock.preprocess.clean.basic.BlockedWords;
import dev.rootstock.preprocess.clean.basic.InLanguage;
import dev.rootstock.preprocess.clean.basic.LongEnough;
import dev.rootstock.preprocess.clean.basic.NotEmpty;
import dev.rootstock.preprocess.clean.basic.Readable;
import dev.rootstock.preprocess.clean.basic.ShortEnough;
import dev.rootstock.preprocess.clean.c4.C4Lines;
import dev.rootstock.preprocess.clean.fineweb.LineEnds;
import dev.rootstock.preprocess.clean.fineweb.ListLike;
import dev.rootstock.preprocess.clean.fineweb.RepeatedCharacters;
import dev.rootstock.preprocess.clean.fineweb.ShortLines;
import dev.rootstock.preprocess.clean.gopher.Letters;
import dev.rootstock.preprocess.clean.gopher.LineMarks;
import dev.rootstock.preprocess.clean.gopher.RepeatedLines;
import dev.rootstock.preprocess.clean.gopher.RepeatedNgrams;
import dev.rootstock.preprocess.clean.gopher.RepeatedParagraphs;
import dev.rootstock.preprocess.clean.gopher.StopWords;
import dev.rootstock.preprocess.clean.gopher.Symbols;
import dev.rootstock.preprocess.clean.gopher.TopNgram;
import dev.rootstock.preprocess.clean.gopher.WordCount;
import dev.rootstock.preprocess.clean.gopher.WordLength;
import java.util.ArrayList;
import java.util.List;

/** Which rules, in which order: each recipe's own list. */
final class Recipes {
  private Recipes() {}

  static List<Rule> rules(CleaningSpec spec, Blocking blocking) {
    List<Rule> rules = new ArrayList<>(basic(spec, blocking));
    switch (spec.recipe()) {
      case C4 -> rules.add(C4Lines.published());
      case GOPHER -> rules.addAll(gopher());
      case FINEWEB -> {
        rules.addAll(gopher());
        rules.add(C4Lines.withoutLineEnds());
        rules.addAll(
            List.of(new LineEnds(), new ShortLines(), new RepeatedCharacters(), new ListLike()));
      }
      default -> {}
    }
    if (!blocking.all().words().isEmpty()) {
      rules.add(new BlockedWords(blocking.all().words()));
    }
    return List.copyOf(rules);
  }

  /** What every recipe asks first, the cheapest first. */
  private static List<Rule> basic(CleaningSpec spec, Blocking blocking) {
    boolean none = spec.recipe() == Recipe.NONE;
    List<Rule> rules = new ArrayList<>();
    rules.add(new Readable(none ? 1 : spec.maxReplacementShare()));
    rules.add(new NotEmpty());
    if (!none) {
      rules.add(new LongEnough(spec.minCharacters()));
      rules.add(new ShortEnough(spec.maxCharacters()));
    }
    if (!spec.blocked().equals(CleaningSpec.Blocked.NONE)) {
      rules.add(new BlockedAddress(blocking.sites(), blocking.all()));
    }
    if (spec.recipe() == Recipe.FINEWEB || !spec.languages().isEmpty()) {
      rules.add(InLanguage.certain(spec.languageScore(), spec.languages()));
    } else if (spec.recipe() == Recipe.GOPHER) {
      rules.add(InLanguage.noted());
    }
    return rules;
  }

  private static List<Rule> gopher() {
    return List.of(
        new RepeatedParagraphs(),
        new RepeatedLines(),
        new TopNgram(),
        new RepeatedNgrams(),
        new WordCount(),
        new WordLength(),
        new Symbols(),
        new LineMarks(),
        new Letters(),
        new StopWords());
  }
}
