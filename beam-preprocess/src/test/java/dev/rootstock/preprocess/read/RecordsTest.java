package dev.rootstock.preprocess.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static List<String> records(String text, Format format) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> records = new ArrayList<>();
    Records.read(
        new ByteArrayInputStream(bytes),
        Records.parting(format, Arrays.copyOf(bytes, Math.min(bytes.length, Records.STRETCH))),
        new CorpusFile(0, URI.create("file:///x"), "", bytes.length, format, "text", null),
        (start, record, length) -> records.add(new String(record, StandardCharsets.UTF_8)));
    return records;
  }

  @Test
  void textIsOneDocumentHoweverLarge() throws IOException {
    String text = " \n = Title = \n \n" + "a line\n\n".repeat(50_000);

    assertThat(records(text, Format.TEXT)).containsExactly(text);
  }

  @Test
  void autoPartsAtTitlesButNotAtSections() throws IOException {
    String first = " = One = \n \n words = 1 = \n = not after a blank line = \n";
    String second = " = Two : a = b = \n \n = = Section = = \n \n = = = Deep = = = \n text\n";

    assertThat(records(" \n" + first + " \n" + second, Format.AUTO))
        .containsExactly(first + " \n", second);
  }

  @Test
  void autoLeavesASmallFileWhole() throws IOException {
    String text = "short\n\n".repeat(1_000);

    assertThat(records(text, Format.AUTO)).containsExactly(text);
  }

  @Test
  void autoCutsALargeFileAtBlankLinesIntoPiecesOfAFewThousandBytes() throws IOException {
    String paragraph = "All the world's a stage,\nAnd all the men and women merely players.\n\n";
    List<String> pieces = records(paragraph.repeat(3_000), Format.AUTO);

    assertThat(pieces.subList(0, pieces.size() - 1))
        .allMatch(p -> p.length() >= 4_000 && p.length() <= 4_100);
    assertThat(pieces).allMatch(piece -> piece.startsWith("All the world"));
    assertThat(String.join("", pieces).replaceAll("\\s", ""))
        .isEqualTo(paragraph.repeat(3_000).replaceAll("\\s", ""));
  }

  @Test
  void autoCutsALargeFileWithoutBlankLinesAtLines() throws IOException {
    List<String> pieces = records("one sentence a line\n".repeat(20_000), Format.AUTO);

    assertThat(pieces)
        .hasSizeGreaterThan(40)
        .allMatch(piece -> piece.length() <= 8_100 && piece.endsWith("line\n"));
    assertThat(String.join("", pieces)).isEqualTo("one sentence a line\n".repeat(20_000));
  }

  @Test
  void paragraphsEndAtBlankLines() throws IOException {
    assertThat(records("\n\na\nb\n \t\nc\n\n\n\nd", Format.PARAGRAPHS))
        .containsExactly("a\nb\n", "c\n", "d");
  }

  @Test
  void jsonLinesSkipBlankOnes() throws IOException {
    assertThat(records("{}\n\n{\"text\":1}\r\n", Format.JSONL))
        .containsExactly("{}\n", "{\"text\":1}\r\n");
  }
}
