package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.gzip;
import static dev.rootstock.preprocess.read.Corpus.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.preprocess.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  private static final int CUTS = 12;
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  /** Lines of all kinds: blank, long, titles, carriage returns, bytes that are no text. */
  private static String lines(Random random, int bytes, boolean titles) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      switch (random.nextInt(titles ? 9 : 8)) {
        case 0, 1 -> text.append(random.nextBoolean() ? "\n" : "\r\n");
        case 2 -> text.append(" \t".repeat(random.nextInt(40))).append('\n');
        case 3 -> text.append("x".repeat(random.nextInt(12_000))).append('\n');
        case 4 -> text.append("\u20ac \0\ud83d\ude00 = not a title = \n");
        case 8 -> text.append("\n = Title ").append(random.nextInt()).append(" = \n");
        default -> text.append("words ".repeat(1 + random.nextInt(30))).append('\n');
      }
    }
    return text.toString();
  }

  private static void sameWhateverTheCuts(CorpusFile whole, Random random) throws IOException {
    List<Document> all = read(whole).documents();
    assertThat(all).hasSizeGreaterThan(10);
    HashSet<Document.Origin> origins = new HashSet<>();
    assertThat(all).allMatch(document -> origins.add(document.origin()));
    for (int round = 0; round < ROUNDS; round++) {
      TreeSet<Long> cuts = new TreeSet<>(List.of(0L, whole.bytes()));
      for (int cut = 0; cut < CUTS; cut++) {
        // half of them where records begin, or beside that
        long at =
            random.nextBoolean()
                ? random.nextLong(whole.bytes())
                : all.get(random.nextInt(all.size())).origin().record() + random.nextInt(3) - 1;
        cuts.add(Math.max(0, Math.min(at, whole.bytes())));
      }
      List<Document> parts = new ArrayList<>();
      for (long from : cuts.headSet(whole.bytes())) {
        CorpusFile range = whole.range(from, cuts.higher(from));
        List<Document> read = read(range).documents();
        assertThat(read).allMatch(document -> range.has(document.origin().record()));
        parts.addAll(read);
      }
      assertThat(parts).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theRangesOfJsonLinesAreTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder json = new StringBuilder("\n \n");
    for (int i = 0; i < 500; i++) {
      String broken = random.nextInt(10) == 0 ? "," : "";
      json.append("{\"text\":\"").append("t".repeat(random.nextInt(300))).append(i).append("\"}");
      json.append(broken).append("\r\n\n".substring(random.nextInt(2), 2 + random.nextInt(2)));
    }
    sameWhateverTheCuts(file(folder.resolve("f"), Format.JSONL, bytes(json.toString())), random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theRangesOfParagraphsAreTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    String text = lines(random, 200_000, false);
    sameWhateverTheCuts(file(folder.resolve("f"), Format.PARAGRAPHS, bytes(text)), random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theRangesOfArticlesAreTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    String head = seed % 2 == 0 ? " \n".repeat(5_000) : "before any title\n";
    String text = head + lines(random, 300_000, true);
    sameWhateverTheCuts(file(folder.resolve("f"), Format.AUTO, bytes(text)), random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theRangesOfPiecesAreTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    String text = lines(random, 2_500_000, false);
    sameWhateverTheCuts(file(folder.resolve("f"), Format.AUTO, bytes(text)), random);
  }

  @Test
  void aSmallTextIsInTheRangeOfItsFirstByte() throws IOException {
    CorpusFile whole = file(folder.resolve("f"), Format.AUTO, bytes("a small text\n\nof two"));

    assertThat(read(whole.range(0, 5)).documents()).isEqualTo(read(whole).documents()).hasSize(1);
    assertThat(read(whole.range(5, 20)).documents()).isEmpty();
  }

  @Test
  void aLineAcrossManyRangesIsInTheFirst() throws IOException {
    CorpusFile whole =
        file(
            folder.resolve("f"),
            Format.JSONL,
            bytes("{\"text\":\"" + "x".repeat(1_000_000) + "\"}\n{\"text\":\"y\"}\n"));
    List<Integer> counts = new ArrayList<>();
    for (CorpusFile range : FileDocuments.ranges(whole, 100_000)) {
      counts.add(read(range).documents().size());
    }

    assertThat(counts).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void onlyLargePlainFilesOfLinesHaveRanges() throws IOException {
    byte[] text = bytes(lines(new Random(5), 300_000, false));
    CorpusFile lines = file(folder.resolve("lines"), Format.PARAGRAPHS, text);
    CorpusFile packed = file(folder.resolve("packed"), Format.PARAGRAPHS, gzip(text));
    CorpusFile table = file(folder.resolve("table"), Format.CSV, text);

    assertThat(FileDocuments.ranges(lines, 100_000)).hasSize(4).noneMatch(CorpusFile::whole);
    assertThat(FileDocuments.ranges(lines, 100_000).stream().mapToLong(CorpusFile::span).sum())
        .isEqualTo(text.length);
    assertThat(FileDocuments.ranges(lines, text.length + 10)).containsExactly(lines);
    assertThat(FileDocuments.ranges(packed, 1000)).containsExactly(packed);
    assertThat(FileDocuments.ranges(table, 1000)).containsExactly(table);
    assertThatThrownBy(() -> read(packed.range(0, 10))).hasMessageContaining("compressed");
  }
}
