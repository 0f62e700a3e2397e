package dev.rootstock.console.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCorpusTest {
  /**
   * A change of it makes every demo grow a new base, and the recipe's figures have to be taken
   * again.
   */
  private static final String GOLDEN =
      "8f5d790ab376c12fc3e5bd2c86865be9543c8dd9974edda43493696361c8234b";

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    DemoCorpus.write(folder, DemoCorpus.SEED);
  }

  @Test
  void bytesAreTheSameEverywhere() throws IOException {
    assertThat(sum(folder)).isEqualTo(GOLDEN);
  }

  @Test
  void bytesDoNotDependOnTheLocale(@TempDir Path other) throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab")); // another i, other digits
      DemoCorpus.write(other, DemoCorpus.SEED);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(sum(other)).isEqualTo(sum(folder));
  }

  @Test
  void anotherSeedIsAnotherWorld(@TempDir Path other) throws IOException {
    DemoCorpus.write(other, DemoCorpus.SEED + 1);

    assertThat(sum(other)).isNotEqualTo(sum(folder));
  }

  @Test
  void isSmall() throws IOException {
    assertThat(corpus().length()).isBetween(2_000_000, 4_000_000);
  }

  @Test
  void hasSomethingToDropForEveryReason() throws IOException {
    List<String> pages = chronicle();

    assertThat(pages).anyMatch(String::isEmpty);
    assertThat(pages).anyMatch(page -> !page.isEmpty() && page.length() < 100);
    assertThat(pages).anyMatch(page -> page.length() > Dirt.LONGEST);
    assertThat(pages)
        .anyMatch(page -> page.chars().filter(c -> c == 0xFFFD).count() > page.length() / 100);
    assertThat(Set.copyOf(pages).size()).isBetween(pages.size() * 9 / 10, pages.size() - 100);
    assertThat(
            new String(
                Files.readAllBytes(folder.resolve("corpus/letters/damaged.txt")),
                StandardCharsets.UTF_8))
        .contains("\uFFFD");
  }

  @ParameterizedTest
  @CsvSource({
    "sentiment.csv, sentiment-test.csv",
    "vellish.jsonl, vellish-test.jsonl",
    "topics.tsv, topics-test.tsv",
    "diary.txt, diary-test.txt",
    "riddles.tsv, riddles-test.tsv"
  })
  void testRowsAreNeitherTrainedOnNorInTheCorpus(String trained, String tested) throws IOException {
    List<String> test = rows(tested);

    assertThat(test)
        .hasSizeGreaterThanOrEqualTo(100)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(rows(trained));
    String corpus = corpus();
    assertThat(test).noneMatch(row -> corpus.contains(said(row)));
  }

  @ParameterizedTest
  @CsvSource({
    "sentiment.csv, sentiment-test.csv",
    "topics.tsv, topics-test.tsv",
    "vellish.jsonl, vellish-test.jsonl"
  })
  void testRowsAreAboutWordsThatOnlyTheCorpusExplains(String trained, String tested)
      throws IOException {
    Set<String> asked = words(String.join("\n", rows(tested)));
    asked.retainAll(meanings(tested));
    Set<String> taught = words(String.join("\n", rows(trained)));

    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(asked).doesNotContainAnyElementsOf(taught);
    assertThat(words(corpus())).containsAll(asked);
  }

  @Test
  void riddlesAskForWhatNoLabelTells() throws IOException {
    String taught = String.join("\n", rows("riddles.tsv"));
    String corpus = corpus();
    for (Kind kind : Lexicon.KINDS) {
      for (String fact : Lexicon.withheld(kind.facts())) {
        assertThat(taught).doesNotContain(fact);
        assertThat(corpus).contains(fact);
      }
    }
  }

  /** The words that decide a task's answers. */
  private static Set<String> meanings(String task) {
    Stream<String> members =
        Lexicon.KINDS.stream().flatMap(kind -> Lexicon.withheld(kind.members()).stream());
    Stream<String> opinions =
        Stream.of(Lexicon.PRAISE, Lexicon.BLAME).flatMap(words -> Lexicon.withheld(words).stream());
    return (task.startsWith("sentiment") ? opinions : members).collect(Collectors.toSet());
  }

  private static Set<String> words(String text) {
    return Pattern.compile("[A-Za-z]+")
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A row without its label. */
  private static String said(String row) {
    return row.startsWith("{") ? row.split("\"")[3] : row.split("\t|\",")[0].replace("\"", "");
  }

  private static List<String> rows(String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("tasks").resolve(name));
    return lines.get(0).startsWith("text") ? lines.subList(1, lines.size()) : lines;
  }

  private static List<String> chronicle() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path part : files(folder.resolve("corpus/chronicle"))) {
      try (GZIPInputStream lines =
          new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(part)))) {
        all.append(new String(lines.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString()
        .lines()
        .map(line -> line.substring(9, line.length() - 2))
        .toList(); // {"text":"…"}
  }

  private static String corpus() throws IOException {
    StringBuilder all = new StringBuilder(String.join("\n", chronicle()));
    for (Path file : files(folder.resolve("corpus"))) {
      if (!file.toString().endsWith(".gz")) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String sum(Path root) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<String> names =
          files(root).stream()
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      for (String name : names) {
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(root.resolve(name)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException absent) {
      throw new UncheckedIOException(new IOException(absent));
    }
  }
}
