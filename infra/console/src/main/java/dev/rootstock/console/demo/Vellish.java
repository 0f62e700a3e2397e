package dev.rootstock.console.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The second language of the village. The verb stands first, then who acts, then {@code lo} and
 * what is acted on; a quality follows its noun, and there is no article: "the old fox sees the red
 * hat" is "mira fulo vek lo hatu rin".
 */
final class Vellish {
  private static final List<String> ONSETS =
      List.of("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z");
  private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u");

  private final Map<String, String> words = new LinkedHashMap<>();

  /** Every noun, verb and quality gets a word of two open syllables, no two the same. */
  Vellish(Dice dice) {
    List<String> english = new ArrayList<>();
    Lexicon.KINDS.forEach(kind -> english.addAll(kind.members()));
    english.addAll(Lexicon.VERBS);
    english.addAll(Lexicon.LOOKS);
    Set<String> taken = new HashSet<>(english);
    taken.addAll(Lexicon.PRAISE);
    taken.addAll(Lexicon.BLAME);
    taken.addAll(
        List.of(
            "made", "tune", "like", "have", "tone", "bite", "gave",
            "make")); // other words of the corpus
    for (String word : english) {
      String own = syllable(dice) + syllable(dice);
      while (!taken.add(own)) {
        own = syllable(dice) + syllable(dice);
      }
      words.put(word, own);
    }
  }

  private static String syllable(Dice dice) {
    return dice.pick(ONSETS) + dice.pick(VOWELS);
  }

  /** The word for an English noun, verb or quality. */
  String word(String english) {
    String own = words.get(english);
    if (own == null) {
      throw new IllegalArgumentException("\"" + english + "\" has no Vellish word");
    }
    return own;
  }

  String say(Clause clause) {
    return word(clause.verb())
        + " "
        + phrase(clause.actor(), clause.actorLook())
        + " lo "
        + phrase(clause.object(), clause.objectLook());
  }

  private String phrase(String noun, String look) {
    return look.isEmpty() ? word(noun) : word(noun) + " " + word(look);
  }

  /**
   * Who does what to what.
   *
   * @param actorLook a quality; may be empty
   * @param objectLook a quality; may be empty
   */
  record Clause(String actor, String actorLook, String verb, String object, String objectLook) {
    String english() {
      return phrase(actor, actorLook) + " " + verb + " " + phrase(object, objectLook);
    }

    /** Whether it is kept for the task: the corpus never says it. */
    boolean reserved() {
      return Dice.hash(english(), 8) == 0;
    }

    private static String phrase(String noun, String look) {
      return look.isEmpty() ? "the " + noun : "the " + look + " " + noun;
    }
  }
}
