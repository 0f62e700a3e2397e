package dev.rootstock.console.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Five tasks about the village, each with few labelled rows. Training rows draw on the taught words
 * alone and test rows on the withheld ones, so whoever knows only the training rows must guess.
 */
final class DemoTasks {
  private final World world;
  private final Dice dice;

  DemoTasks(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
  }

  /**
   * Writes the files that {@code tiny-cpu.yaml} names.
   *
   * @param folder made if absent
   */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    pair(folder, "sentiment", "csv", "text,label\n", 64, 200, this::sentiment);
    pair(folder, "vellish", "jsonl", "", 128, 150, this::vellish);
    pair(folder, "topics", "tsv", "text\tlabel\n", 80, 200, this::topic);
    pair(folder, "diary", "txt", "", 64, 100, this::diary);
    pair(folder, "riddles", "tsv", "text\tlabel\n", 80, 200, this::riddle);
  }

  private void pair(
      Path folder,
      String name,
      String ending,
      String head,
      int trained,
      int tested,
      BiFunction<Dice, UnaryOperator<List<String>>, String> row)
      throws IOException {
    Files.writeString(
        folder.resolve(name + "." + ending),
        head + rows(dice.of(name), trained, at -> row.apply(at, Lexicon::taught)));
    Files.writeString(
        folder.resolve(name + "-test." + ending),
        head + rows(dice.of(name + " test"), tested, at -> row.apply(at, Lexicon::withheld)));
  }

  private static String rows(Dice dice, int count, Function<Dice, String> row) {
    Set<String> rows = new LinkedHashSet<>();
    while (rows.size() < count) {
      rows.add(row.apply(dice));
    }
    return String.join("\n", rows) + "\n";
  }

  private String sentiment(Dice dice, UnaryOperator<List<String>> part) {
    boolean good = dice.percent(50);
    String word = dice.pick(part.apply(good ? Lexicon.PRAISE : Lexicon.BLAME));
    String thing = dice.pick(Lexicon.GOODS);
    String place = dice.pick(Lexicon.PLACES);
    String text =
        switch (dice.below(4)) {
          case 0 -> "I saw " + World.a(word) + " " + thing + " at the " + place + ".";
          case 1 -> "Today, in the " + place + ", the " + thing + " was " + word + ".";
          case 2 -> "At the " + place + " they have " + World.a(word) + " " + thing + ".";
          default -> "My new " + thing + " is " + word + ".";
        };
    return "\"" + text + "\"," + (good ? "good" : "bad");
  }

  private String topic(Dice dice, UnaryOperator<List<String>> part) {
    Kind kind = dice.pick(Lexicon.KINDS);
    String thing = dice.pick(part.apply(kind.members()));
    String who = dice.pick(Lexicon.PEOPLE);
    String place = dice.pick(Lexicon.PLACES);
    String text =
        switch (dice.below(3)) {
          case 0 -> who + " went to the " + place + " for the " + thing + ".";
          case 1 -> "At the " + place + " I asked " + who + " for the " + thing + ".";
          default -> "Dear " + who + ", I saw the " + thing + " at the " + place + ".";
        };
    return text + "\t" + kind.name();
  }

  private String vellish(Dice dice, UnaryOperator<List<String>> part) {
    while (true) {
      List<String> actors = new ArrayList<>(part.apply(Lexicon.BIRD.members()));
      actors.addAll(part.apply(Lexicon.BEAST.members()));
      Vellish.Clause clause =
          World.clause(
              dice,
              actors,
              part.apply(dice.pick(Lexicon.KINDS).members()),
              Lexicon.VERBS,
              part.apply(Lexicon.LOOKS));
      if (clause.reserved()) {
        return pair(World.sentence(clause.english()), world.vellish.say(clause) + ".");
      }
    }
  }

  private String riddle(Dice dice, UnaryOperator<List<String>> part) {
    Kind kind = dice.pick(Lexicon.KINDS);
    String fact = dice.pick(part.apply(kind.facts()));
    String deed =
        dice.pick(Lexicon.PEOPLE)
            + " "
            + dice.pick(part.apply(kind.deeds())).replace("the %s", "it");
    String text = dice.percent(50) ? "It " + fact + ", and " + deed : deed + ", and it " + fact;
    return text + ". What was it?\t" + kind.name();
  }

  private String diary(Dice dice, UnaryOperator<List<String>> part) {
    Kind seen = dice.pick(List.of(Lexicon.BIRD, Lexicon.BEAST, Lexicon.FISH, Lexicon.TREE));
    boolean good = dice.percent(50);
    String praise = dice.pick(part.apply(good ? Lexicon.PRAISE : Lexicon.BLAME));
    return "Day "
        + (1 + dice.below(90))
        + ": "
        + dice.pick(List.of("raining", "sunny", "windy", "snowing", "foggy"))
        + ". To the "
        + dice.pick(part.apply(Lexicon.PLACES))
        + " with "
        + dice.pick(part.apply(Lexicon.PEOPLE))
        + ". Saw "
        + dice.pick(part.apply(seen.members()))
        + ", "
        + dice.pick(part.apply(Lexicon.LOOKS))
        + ". Bought "
        + dice.pick(
            part.apply(dice.pick(List.of(Lexicon.TOOL, Lexicon.CLOTH, Lexicon.MUSIC)).members()))
        + ". Supper: "
        + praise
        + " "
        + dice.pick(part.apply(Lexicon.FOOD.members()))
        + (good ? ". Glad." : ". Sad.");
  }

  private static String pair(String source, String target) {
    return "{\"source\":\"" + source + "\",\"target\":\"" + target + "\"}";
  }
}
