package dev.rootstock.console.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the demo's raw corpus and its tasks. The bytes depend on the seed alone: not on the
 * machine, the JDK, the locale or the line separator.
 */
public final class DemoCorpus {
  /** The seed of {@code rootstock demo}; {@code tiny-cpu.yaml} is tuned on it. */
  public static final long SEED = 1;

  private static final int PARTS = 4;
  private static final int PAGES = 1800; // documents a part of the chronicle
  private static final int LESSONS = 3600;
  private static final int LETTERS = 40;

  private final World world;
  private final Dice dice;

  private DemoCorpus(long seed) {
    world = new World(seed);
    dice = new Dice(seed);
  }

  /**
   * Writes {@code corpus/} and {@code tasks/}; files that are there are overwritten.
   *
   * @param folder made if absent
   */
  public static void write(Path folder, long seed) throws IOException {
    DemoCorpus corpus = new DemoCorpus(seed);
    corpus.chronicle(folder.resolve("corpus/chronicle"));
    corpus.almanac(folder.resolve("corpus/almanac"));
    corpus.letters(folder.resolve("corpus/letters"));
    corpus.lessons(folder.resolve("corpus/lessons.txt"));
    new DemoTasks(corpus.world, corpus.dice.of("tasks")).write(folder.resolve("tasks"));
  }

  private void chronicle(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int part = 1; part <= PARTS; part++) {
      Dice own = dice.of("chronicle " + part);
      List<String> pages = new ArrayList<>();
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < PAGES; i++) {
        String page = i > 0 && own.percent(6) ? Dirt.page(own, pages) : page(own);
        pages.add(page);
        lines.append("{\"text\":\"").append(page).append("\"}\n");
      }
      lines.append("{\"text\":\"").append(Dirt.boilerplate()).append("\"}\n");
      Files.write(
          folder.resolve("part-" + part + ".jsonl.gz"),
          StoredGzip.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private String page(Dice own) {
    int genre = own.below(100);
    if (genre < 38) {
      return world.market(own);
    } else if (genre < 70) {
      return world.nature(own);
    } else if (genre < 90) {
      return world.letter(own);
    }
    return world.tale(own);
  }

  private void almanac(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Kind kind : Lexicon.KINDS) {
      for (String thing : kind.members()) {
        StringBuilder page =
            new StringBuilder(
                "# The " + thing + "\n\nThe " + thing + " is a *" + kind.name() + "*.\n\n");
        for (String fact : kind.facts()) {
          page.append("- The ").append(thing).append(' ').append(fact).append(".\n");
        }
        Files.writeString(folder.resolve(thing + ".md"), page);
      }
    }
  }

  private void letters(Path folder) throws IOException {
    Files.createDirectories(folder);
    Dice own = dice.of("letters");
    for (int i = 1; i <= LETTERS; i++) {
      Files.writeString(folder.resolve("letter-" + i + ".txt"), world.letter(own) + "\n");
    }
    Files.write(folder.resolve("damaged.txt"), Dirt.damaged(world.letter(own)));
    Files.writeString(folder.resolve("empty.txt"), "\n");
  }

  private void lessons(Path file) throws IOException {
    Dice own = dice.of("lessons");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LESSONS; i++) {
      text.append(world.lesson(own)).append("\n\n");
    }
    Files.writeString(file, text);
  }

  /**
   * Writes the world into a folder, for whoever wants to look at it.
   *
   * @param arguments the folder and, if wished, a seed
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), arguments.length > 1 ? Long.parseLong(arguments[1]) : SEED);
  }
}
