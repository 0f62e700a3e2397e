package dev.rootstock.console.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The documents of a village, drawn from a seed: equal seeds give equal text on every machine. Five
 * genres teach what the tasks need and their labels do not show: which words praise and which
 * blame, what kind of thing each thing is, what is true of a kind, and a second language with its
 * own order of who does what.
 */
final class World {
  final Vellish vellish;

  World(long seed) {
    vellish = new Vellish(new Dice(seed).of("vellish"));
  }

  /**
   * What people think of things: a word of praise or blame stands beside what it makes people do.
   */
  String market(Dice dice) {
    List<String> people = dice.picks(Lexicon.PEOPLE, 3);
    List<String> text = new ArrayList<>();
    text.add(dice.pick(people) + " went to the " + dice.pick(Lexicon.PLACES) + ".");
    int sentences = 5 + dice.below(4);
    for (int i = 0; i < sentences; i++) {
      text.add(opinion(dice, people, dice.percent(50)));
    }
    return String.join(" ", text);
  }

  private static String opinion(Dice dice, List<String> people, boolean good) {
    String who = dice.pick(people);
    String thing = dice.pick(Lexicon.GOODS);
    List<String> words = dice.picks(good ? Lexicon.PRAISE : Lexicon.BLAME, 2);
    String one = words.get(0);
    String two = words.get(1);
    return switch (dice.below(9)) {
      case 0 -> "The " + thing + " was " + one + " and " + two + ".";
      case 1 -> who + (good ? " smiled" : " frowned") + ", for the " + thing + " was " + one + ".";
      case 2 ->
          "What " + a(one) + " " + thing + "! " + who + " was " + (good ? "glad" : "sad") + ".";
      case 3 -> (good ? "Everybody liked" : "Nobody liked") + " the " + one + " " + thing + ".";
      case 4 ->
          who + (good ? " praised" : " blamed") + " the " + one + ", " + two + " " + thing + ".";
      case 5 ->
          "The " + thing + " was " + one + ", a " + (good ? "good" : "bad") + " " + thing + ".";
      case 6 ->
          "It was "
              + one
              + ", so "
              + who
              + (good ? " kept" : " threw away")
              + " the "
              + thing
              + ".";
      case 7 -> {
        String other = dice.pick(good ? Lexicon.BLAME : Lexicon.PRAISE);
        yield "The "
            + thing
            + " was "
            + one
            + ", but the "
            + dice.pick(Lexicon.GOODS)
            + " was "
            + other
            + ".";
      }
      default -> "I think " + a(one) + " " + thing + " is a " + (good ? "good" : "bad") + " thing.";
    };
  }

  /** What kinds of things there are, each with what is true of its kind. */
  String nature(Dice dice) {
    List<String> text = new ArrayList<>();
    int things = 3 + dice.below(2);
    for (int i = 0; i < things; i++) {
      Kind kind = dice.pick(Lexicon.KINDS);
      String thing = dice.pick(kind.members());
      String who = dice.pick(Lexicon.PEOPLE);
      text.add(
          switch (dice.below(7)) {
            case 0 -> "The " + thing + " is a " + kind.name() + ".";
            case 1 ->
                "Like every "
                    + kind.name()
                    + ", the "
                    + thing
                    + " "
                    + dice.pick(kind.facts())
                    + ".";
            case 2 ->
                "The "
                    + thing
                    + " and the "
                    + dice.pick(kind.members())
                    + " are both of the "
                    + kind.name()
                    + " kind.";
            case 3 -> who + " asked what " + a(thing) + " is: it is a " + kind.name() + ".";
            case 4 -> "It " + dice.pick(kind.facts()) + ", so it is a " + kind.name() + ".";
            case 5 ->
                who
                    + " "
                    + dice.pick(kind.deeds()).replace("the %s", "it")
                    + ", so it was a "
                    + kind.name()
                    + ".";
            default ->
                "Near the "
                    + dice.pick(Lexicon.PLACES)
                    + " "
                    + who
                    + " saw a "
                    + kind.name()
                    + ", a "
                    + dice.pick(Lexicon.LOOKS)
                    + " "
                    + thing
                    + ".";
          });
      text.add("The " + thing + " " + dice.pick(kind.facts()) + ".");
      text.add(who + " " + dice.pick(kind.deeds()).replace("%s", thing) + ".");
    }
    return String.join(" ", text);
  }

  /** Sentences in both languages. */
  String lesson(Dice dice) {
    List<String> lines = new ArrayList<>();
    int sentences = 4 + dice.below(3);
    for (int i = 0; i < sentences; i++) {
      Vellish.Clause clause = spoken(dice);
      lines.add(
          dice.percent(75)
              ? sentence(clause.english()) + " In Vellish: " + vellish.say(clause) + "."
              : word(dice));
    }
    return String.join("\n", lines);
  }

  private String word(Dice dice) {
    String english =
        dice.pick(
            dice.pick(List.of(Lexicon.VERBS, Lexicon.LOOKS, dice.pick(Lexicon.KINDS).members())));
    return "The Vellish word for " + english + " is " + vellish.word(english) + ".";
  }

  /** The second language alone. */
  String tale(Dice dice) {
    List<String> text = new ArrayList<>();
    int sentences = 6 + dice.below(4);
    for (int i = 0; i < sentences; i++) {
      text.add(vellish.say(spoken(dice)) + ".");
    }
    return String.join(" ", text);
  }

  private static Vellish.Clause spoken(Dice dice) {
    Vellish.Clause clause =
        clause(
            dice, Lexicon.ACTORS, dice.pick(Lexicon.KINDS).members(), Lexicon.VERBS, Lexicon.LOOKS);
    while (clause.reserved()) {
      clause =
          clause(
              dice,
              Lexicon.ACTORS,
              dice.pick(Lexicon.KINDS).members(),
              Lexicon.VERBS,
              Lexicon.LOOKS);
    }
    return clause;
  }

  static Vellish.Clause clause(
      Dice dice,
      List<String> actors,
      List<String> objects,
      List<String> verbs,
      List<String> looks) {
    return new Vellish.Clause(
        dice.pick(actors),
        dice.percent(50) ? dice.pick(looks) : "",
        dice.pick(verbs),
        dice.pick(objects),
        dice.percent(50) ? dice.pick(looks) : "");
  }

  /** First person, past tense. */
  String letter(Dice dice) {
    String to = dice.pick(Lexicon.PEOPLE);
    Kind seen = dice.pick(List.of(Lexicon.BIRD, Lexicon.BEAST, Lexicon.FISH, Lexicon.TREE));
    Kind used = dice.pick(List.of(Lexicon.TOOL, Lexicon.FOOD, Lexicon.CLOTH, Lexicon.MUSIC));
    boolean good = dice.percent(50);
    return "Dear "
        + to
        + ", this is day "
        + (1 + dice.below(90))
        + ". It was "
        + dice.pick(List.of("raining", "sunny", "windy", "snowing", "foggy"))
        + ". I went to the "
        + dice.pick(Lexicon.PLACES)
        + " with "
        + dice.pick(Lexicon.PEOPLE)
        + " and saw a "
        + dice.pick(Lexicon.LOOKS)
        + " "
        + dice.pick(seen.members())
        + ". In the evening I "
        + dice.pick(used.deeds()).replace("%s", dice.pick(used.members()))
        + ". At supper we ate "
        + a(dice.pick(good ? Lexicon.PRAISE : Lexicon.BLAME))
        + " "
        + dice.pick(Lexicon.FOOD.members())
        + ", and I was "
        + (good ? "glad" : "sad")
        + ". Your friend, "
        + dice.pick(Lexicon.PEOPLE)
        + ".";
  }

  /** With its indefinite article. */
  static String a(String word) {
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }

  static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
