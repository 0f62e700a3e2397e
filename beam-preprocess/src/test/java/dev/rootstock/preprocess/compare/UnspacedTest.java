package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Near duplicates in scripts without spaces. */
class UnspacedTest {
  private static final double LEAST = 0.8 - 2 * Signature.error(0.8); // what a pair must have
  private static final int PAIRS = 250;

  /** Characters of a script, the first ones much more common than the last. */
  private record Script(int from, int count) {
    String text(SplittableRandom random, int length) {
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append(one(random));
        if (random.nextInt(12) == 0) {
          text.append(random.nextInt(4) == 0 ? "。\n" : "，");
        }
      }
      return text.toString();
    }

    char one(SplittableRandom random) {
      return (char) (from + (int) Math.pow(count, random.nextDouble()));
    }
  }

  /** With letters exchanged until the texts are no more similar than asked. */
  private static String alter(Script script, String text, double to, SplittableRandom random) {
    StringBuilder other = new StringBuilder(text);
    Set<String> fives = fives(text);
    for (double too = 1 - to; too > 0; too = similarity(fives, fives(other.toString())) - to) {
      int changes = 1 + (int) (too * text.length() / 12); // each takes 10 / length at most
      for (int change = 0; change < changes; change++) {
        int place = random.nextInt(other.length());
        if (Character.isLetter(other.charAt(place))) {
          other.setCharAt(place, script.one(random));
        }
      }
    }
    return other.toString();
  }

  /** Letters in fives, spelled out. */
  private static Set<String> fives(String text) {
    String letters = text.replaceAll("[\\n，。]", "");
    Set<String> fives = new HashSet<>();
    for (int i = 0; i + 5 <= letters.length(); i++) {
      fives.add(letters.substring(i, i + 5));
    }
    return fives;
  }

  private static double similarity(Set<String> one, Set<String> other) {
    long both = one.stream().filter(other::contains).count();
    return (double) both / (one.size() + other.size() - both);
  }

  private static boolean near(Signature one, Signature other) {
    boolean met = false;
    for (int band = 0; band < Signature.BANDS; band++) {
      met |= one.band(band) == other.band(band);
    }
    return met && one.similarity(other) >= LEAST;
  }

  /**
   * Share of pairs that are near, of those with a similarity between {@code from} and {@code to}.
   */
  private static double found(Script script, double from, double to) {
    SplittableRandom random = new SplittableRandom(Math.round(script.from + 1000 * from));
    int asked = 0;
    int found = 0;
    while (asked < PAIRS) {
      String text = script.text(random, random.nextInt(300, 900));
      String other = alter(script, text, to, random);
      if (similarity(fives(text), fives(other)) >= from) {
        asked++;
        found += near(Signature.of(Shingles.of(text)), Signature.of(Shingles.of(other))) ? 1 : 0;
      }
    }
    return (double) found / asked;
  }

  @ParameterizedTest
  @CsvSource({"Chinese, 0x4E00, 3000", "Japanese, 0x3042, 76", "Thai, 0x0E01, 46"})
  void whatSharesFourFifthsOfItsFivesIsFoundAndTwoThirdsAreNot(
      String name, String from, int count) {
    Script script = new Script(Integer.decode(from), count);

    assertThat(found(script, 0.80, 0.815)).as("%s, recall", name).isGreaterThanOrEqualTo(0.95);
    assertThat(found(script, 0.60, 0.70)).as("%s, taken wrongly", name).isLessThanOrEqualTo(0.01);
  }

  /** Reviews, ten a document. */
  private static List<String> reviews() throws IOException {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/data/sentiment-zh/waimai_10k.csv");
      if (Files.exists(found)) {
        List<String> lines = Files.readAllLines(found);
        List<String> documents = new ArrayList<>();
        for (int i = 1; i + 10 <= lines.size(); i += 10) {
          documents.add(String.join("\n", lines.subList(i, i + 10)));
        }
        return documents;
      }
    }
    assumeTrue(false, "skipped: no shared/data/sentiment-zh above this folder");
    return List.of();
  }

  @Test
  void unrelatedReviewsAreFarFromSimilar() throws IOException {
    List<Signature> signatures = new ArrayList<>();
    for (String review : reviews()) {
      signatures.add(Signature.of(Shingles.of(review)));
    }
    double most = 0;
    for (int i = 0; i < signatures.size(); i++) {
      for (int j = 0; j < i; j++) {
        most = Math.max(most, signatures.get(i).similarity(signatures.get(j)));
      }
    }
    assertThat(signatures).hasSizeGreaterThan(1_000);
    assertThat(most).isLessThan(0.2);
  }
}
