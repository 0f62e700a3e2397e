package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds two different words of those that no text does without. The English ones are Gopher's; the
 * others are ours. A language without a list passes.
 */
public record StopWords() implements Rule {
  private static final int LEAST = 2; // different ones
  private static final Map<String, List<String>> LISTS =
      Map.ofEntries(
          list("en", "the be to of and that have with"),
          list("de", "der die das und ist nicht mit von zu ein den auf"),
          list("fr", "le la les et de des est que une dans pour un"),
          list("es", "el la los y de que en un una con por las"),
          list("pt", "o a os e de que em um uma com para não do da"),
          list("it", "il la di e che un una per non con del è"),
          list("nl", "de het een en van is dat niet met op te in"),
          list("sv", "och att det en som är på av för med i den"),
          list("da", "og at det en som er på af for med i den"),
          list("nb", "og at det en som er på av for med i den"),
          list("nn", "og at det ein som er på av for med i den"),
          list("pl", "i w na z się nie do to jest że jak o"),
          list("cs", "a v na se je že to s z do ne o"),
          list("sk", "a v na sa je že to s z do nie o"),
          list("ro", "și de în la a cu pe nu este că un o"),
          list("hu", "a az és hogy nem is egy van meg ez"),
          list("tr", "ve bir bu için ile de da olarak çok ne"),
          list("ru", "и в на не что с по как это из к у"),
          list("uk", "і в на не що з до як це та у й"),
          list("bg", "и в на не че с за да от се е"),
          list("el", "και το η να του της ο με για την που"),
          list("id", "yang dan di dari untuk dengan ini itu pada adalah"),
          list("vi", "và là của có không cho một trong được các"));

  @Override
  public Verdict judge(Passage passage) {
    String language = passage.document().language();
    if (language == null || !LISTS.containsKey(language)) {
      return Verdict.PASS;
    }
    List<String> found = new ArrayList<>();
    for (String word : LISTS.get(language)) {
      if (passage.words().contains(word)) {
        found.add(word);
      }
    }
    return Verdict.demand(
        found.size() >= LEAST,
        Reason.FEW_STOP_WORDS,
        found.size() + " stop words of " + language + "; at least " + LEAST);
  }

  private static Map.Entry<String, List<String>> list(String language, String words) {
    return Map.entry(language, List.of(words.split(" ")));
  }

  @Override
  public String name() {
    return "stop-words/1";
  }
}
