package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.read.Corpus.Taken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableRowsTest {
  private static final String[] PIECES = {
    "a", "\"", "\"\"", ",", "\n", "\r\n", "\t", " ", "\u00e9", "", "x\"y", "long ".repeat(50)
  };

  @TempDir Path folder;

  private static List<List<String>> rows(String text) throws IOException {
    TableRows rows = new TableRows(new ByteArrayInputStream(bytes(text)), ',');
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      assertThat(rows.fault()).isEmpty();
      all.add(rows.cells().stream().map(cell -> new String(cell, StandardCharsets.UTF_8)).toList());
    }
    return all;
  }

  private Taken take(Format format, String text) throws IOException {
    return read(file(folder.resolve("table"), format, bytes(text)));
  }

  @ParameterizedTest
  @EnumSource(
      value = QuoteMode.class,
      names = {"ALL", "MINIMAL"})
  void readsWhatAnotherLibraryWritesAndAsItReads(QuoteMode quotes) throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      CSVFormat format =
          CSVFormat.RFC4180
              .builder()
              .setQuoteMode(quotes)
              .setRecordSeparator(random.nextBoolean() ? "\n" : "\r\n")
              .get();
      StringWriter text = new StringWriter();
      List<List<String>> wanted = new ArrayList<>();
      try (CSVPrinter printer = new CSVPrinter(text, format)) {
        for (int row = 0; row < 50; row++) {
          List<String> cells = new ArrayList<>(List.of("row " + row));
          for (int cell = random.nextInt(4); cell > 0; cell--) {
            StringBuilder value = new StringBuilder();
            for (int piece = random.nextInt(5); piece > 0; piece--) {
              value.append(PIECES[random.nextInt(PIECES.length)]);
            }
            cells.add(value.toString());
          }
          printer.printRecord(cells);
          wanted.add(cells);
        }
      }
      List<List<String>> theirs = new ArrayList<>();
      try (CSVParser parser = CSVParser.parse(text.toString(), format)) {
        parser.forEach(row -> theirs.add(row.toList()));
      }
      assertThat(rows(text.toString())).isEqualTo(wanted).isEqualTo(theirs);
    }
  }

  @Test
  void theTextIsInTheColumnThatTheSourceNames() throws IOException {
    Taken taken =
        take(
            Format.CSV,
            "id,url,text,language\n1,http://a/,\"one, \"\"two\"\"\nthree\",en\n\n2,,four,\n");

    assertThat(taken.texts()).containsExactly("one, \"two\"\nthree", "four");
    assertThat(taken.documents()).extracting(Document::url).containsExactly("http://a/", null);
    assertThat(taken.documents()).extracting(Document::language).containsExactly("en", null);
    assertThat(taken.records()).containsExactly(0L, 1L);
  }

  @Test
  void tabsAndSemicolonsPartCellsToo() throws IOException {
    assertThat(take(Format.TSV, "text\tn\na, b\t1\n").texts()).containsExactly("a, b");
    assertThat(take(Format.CSV, "n;text\n1,5;\"a;b\"\n2;c\n").texts()).containsExactly("a;b", "c");
  }

  @Test
  void aBrokenRowIsADocumentWithItsFaultAndReadingGoesOn() throws IOException {
    Taken taken =
        take(
            Format.CSV,
            "text,n\nfirst,1\nonly one cell\n\"quoted\"badly,2\na,b,c\n\"never closed,3\nnext,4\nlast,5");

    assertThat(taken.texts())
        .containsExactly(
            "first",
            "only one cell\n",
            "\"quoted\"badly,2\n",
            "a,b,c\n",
            "\"never closed,3\n",
            "next",
            "last");
    assertThat(taken.faults())
        .containsExactly(
            "1 cells; the header has 2",
            "a quote is followed by more than its cell's end",
            "3 cells; the header has 2",
            "a quote that is not closed within 16 MiB");
    assertThat(taken.outcome().broken()).isEmpty();
  }

  @Test
  void aRowThatIsTooLargeIsAFaultAndReadingGoesOn() throws IOException {
    String large = "x".repeat(17 << 20);

    assertThat(take(Format.CSV, "text\na\n" + large + "\nb\n").faults())
        .containsExactly("more than 16 MiB in one record");
    Taken quoted = take(Format.CSV, "text\na\n\"" + large + "\nb\nc\n");
    assertThat(quoted.faults()).hasSize(1);
    assertThat(quoted.texts()).startsWith("a").endsWith("b", "c").hasSize(4);
  }

  @Test
  void aTableWithoutTheColumnIsBrokenAndNamesTheOthers() throws IOException {
    Taken taken = take(Format.TSV, "id\tbody\n1\tx\n");

    assertThat(taken.documents()).isEmpty();
    assertThat(taken.broken()).contains("no column \"text\" but id, body");
  }

  @Test
  void quotesThatAreNeverClosedTakeLittleTime() throws IOException {
    int lines = 200_000;
    TableRows rows =
        new TableRows(new ByteArrayInputStream(bytes("a\",\"\n".repeat(lines) + "b,c\n")), ',');
    int[] broken = {0};
    List<byte[]> whole = new ArrayList<>();

    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          while (rows.next()) {
            broken[0] += rows.fault().isEmpty() ? 0 : 1;
            whole.addAll(rows.fault().isEmpty() ? rows.cells() : List.of());
          }
        });

    assertThat(broken[0]).isEqualTo(lines);
    assertThat(whole).containsExactly(bytes("b"), bytes("c"));
  }

  @Test
  void rowsAfterAnUnclosedQuoteAreReadAsBefore() throws IOException {
    TableRows rows =
        new TableRows(new ByteArrayInputStream(bytes("a,\"b\nc,d\ne,f\"g\nh,\"i\nj")), ',');
    List<String> read = new ArrayList<>();
    while (rows.next()) {
      read.add((rows.fault().isEmpty() ? "" : "!") + new String(rows.bytes(), UTF_8).strip());
    }

    assertThat(read).containsExactly("!a,\"b\nc,d\ne,f\"g", "!h,\"i", "j");
  }
}
