package dev.rootstock.contract.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskSpec.Encoding;
import dev.rootstock.contract.TaskSpec.Format;
import dev.rootstock.contract.TaskType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TaskRowsTest {
  private final Map<PinnedFile, byte[]> files = new HashMap<>();

  private PinnedFile file(String name, byte[] bytes, String label) {
    PinnedFile file =
        new PinnedFile(
            URI.create("file:///tasks/" + name),
            Fingerprint.sha256(bytes),
            bytes.length,
            Optional.ofNullable(label));
    files.put(file, bytes);
    return file;
  }

  private PinnedFile file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8), null);
  }

  static TaskSpec spec(TaskType type, Encoding encoding, String source, String target) {
    return new TaskSpec(
        type,
        List.of(),
        List.of(),
        new TaskSpec.Fields("text", "label", source, target),
        Format.AUTO,
        encoding,
        0.1,
        0.2,
        Optional.empty());
  }

  private List<TaskRow> read(TaskSpec spec, PinnedFile... pinned) throws IOException {
    return new TaskRows(spec, file -> new ByteArrayInputStream(files.get(file)))
        .read(List.of(pinned));
  }

  private List<TaskRow> classify(PinnedFile... pinned) throws IOException {
    return read(spec(TaskType.CLASSIFY, Encoding.UTF_8, "source", "target"), pinned);
  }

  @Test
  void readsCommasQuotesAndLineBreaksInsideQuotedFields() throws IOException {
    PinnedFile csv =
        file("a.csv", "\uFEFFlabel,text\r\n1,\"很好, \"\"真\"\"\r\n吃\"\r\n0,plain\r\n\r\n");

    assertThat(classify(csv))
        .containsExactly(
            new TaskRow("很好, \"真\"\r\n吃", "1", "a.csv", 2), new TaskRow("plain", "0", "a.csv", 4));
  }

  @Test
  void aParquetFileIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> classify(file("rows.parquet", "PAR1")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("rows.parquet is a Parquet file")
        .hasMessageContaining("to_json");
  }

  @Test
  void takesQuotesInTabbedFilesAsTheyStandUnlessTheyEncloseTheField() throws IOException {
    PinnedFile tsv = file("a.tsv", "text\tlabel\n\"open quote\tyes\n\"whole \"\"field\"\"\"\tno\n");

    assertThat(classify(tsv))
        .extracting(TaskRow::text)
        .containsExactly("\"open quote", "whole \"field\"");
  }

  @Test
  void readsObjectsWithNumbersAndTruthAsLabels() throws IOException {
    PinnedFile jsonl =
        file(
            "a.jsonl",
            "{\"text\":\"x\",\"label\":1}\n\n{\"text\":\"y\",\"label\":true}\n{\"text\":\"z\",\"label\":\"n\"}");

    assertThat(classify(jsonl)).extracting(TaskRow::answer).containsExactly("1", "true", "n");
    assertThat(classify(jsonl)).extracting(TaskRow::line).containsExactly(1L, 3L, 4L);
  }

  @Test
  void labelsBareLinesByTheirFile() throws IOException {
    PinnedFile pos = file("r.pos", "good\n\nfine \n".getBytes(StandardCharsets.UTF_8), "pos");
    PinnedFile neg = file("r.neg", "bad\n".getBytes(StandardCharsets.UTF_8), "neg");

    assertThat(classify(pos, neg))
        .containsExactly(
            new TaskRow("good", "pos", "r.pos", 1),
            new TaskRow("fine", "pos", "r.pos", 3),
            new TaskRow("bad", "neg", "r.neg", 1));
  }

  @Test
  void pairsParallelFilesLineByLineAlsoPacked() throws IOException {
    PinnedFile en = file("train.en.gz", gzip("a dog\na cat\n"), "en");
    PinnedFile de = file("train.de.gz", gzip("ein Hund\neine Katze\n"), "de");

    assertThat(read(spec(TaskType.SEQ2SEQ, Encoding.UTF_8, "en", "de"), de, en))
        .extracting(row -> row.text() + "=" + row.answer())
        .containsExactly("a dog=ein Hund", "a cat=eine Katze");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void namesAColumnThatIsNotThereAndTheOneThatMayBeMeant() {
    assertThatThrownBy(() -> classify(file("stars.csv", "text,stars\ngood,5\n")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessage(
            "column label of stars.csv is not found; it must be there; the header has text,stars. Did you mean stars?");
    assertThatThrownBy(() -> classify(file("a.csv", "text,labels,id\ngood,5,1\n")))
        .hasMessageContaining("Did you mean labels?");
  }

  @Test
  void tellsOfEveryWrongRowAtOnceByFileAndLine() {
    PinnedFile csv = file("a.csv", "text,label\n,yes\ngood,\na,b,c\nfine,yes\n");
    PinnedFile jsonl =
        file("b.jsonl", "{\"text\":\"x\"}\nnonsense\n[1]\n{\"text\":{},\"label\":1}\n");

    assertThatThrownBy(() -> classify(csv, jsonl))
        .hasMessageContaining("a.csv line 2 is an empty text")
        .hasMessageContaining("a.csv line 3 is an empty label")
        .hasMessageContaining("a.csv line 4 is 3 fields; it must be as many as the header has (2)")
        .hasMessageContaining("key label of b.jsonl line 1 is not found")
        .hasMessageContaining("b.jsonl line 2 is ")
        .hasMessageContaining("b.jsonl line 3 is not an object")
        .hasMessageContaining("b.jsonl line 4 is text: {}");
  }

  @Test
  void namesFileLineAndByteOfWhatIsNotUtf8() {
    byte[] latin = "text,label\nfine,1\ncafé,0\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> classify(file("l.csv", latin, null)))
        .hasMessageContaining(
            "l.csv line 3, byte 21 is 0xe9; it must be UTF-8. Set encoding to auto");
  }

  @Test
  void fallsBackWhereAskedToAndSaysSo() throws IOException {
    PinnedFile file =
        file("w.csv", "text,label\n“café”,0\n".getBytes(Charset.forName("windows-1252")), null);
    TaskRows reader =
        new TaskRows(
            spec(TaskType.CLASSIFY, Encoding.AUTO, "source", "target"),
            each -> new ByteArrayInputStream(files.get(each)));

    assertThat(reader.read(List.of(file))).extracting(TaskRow::text).containsExactly("“café”");
    assertThat(reader.notes())
        .singleElement()
        .asString()
        .contains("w.csv is not UTF-8", "read as windows-1252");
  }

  @Test
  void noticesFilesThatHaveChangedSinceTheyWerePinnedAndFilesWithoutRows() {
    PinnedFile changed = file("c.csv", "text,label\na,b\n");
    files.put(changed, "text,label\nother,b\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> classify(changed))
        .hasMessageContaining("c.csv is another content than was pinned");
    assertThatThrownBy(() -> classify(file("e.csv", ""))).hasMessageContaining("e.csv is empty");
    assertThatThrownBy(() -> classify(file("h.csv", "text,label\n")))
        .hasMessageContaining("h.csv is without a row");
    assertThatThrownBy(() -> classify(file("q.csv", "text,label\n\"a,b\n")))
        .hasMessageContaining("q.csv line 2 is a quote that is never closed");
    assertThatThrownBy(() -> classify(file("z.csv.gz", "no gzip")))
        .hasMessageContaining("z.csv.gz is not whole gzip");
  }

  @Test
  void takesLabelsOfFilesFromExtensionsOrElseStems() {
    assertThat(LineLabels.of(List.of("a/rt-polarity.pos", "a/rt-polarity.neg")))
        .containsExactly("pos", "neg");
    assertThat(LineLabels.of(List.of("pos.txt", "neg.txt"))).containsExactly("pos", "neg");
    assertThat(LineLabels.of(List.of("train.en.gz", "train.de.gz"))).containsExactly("en", "de");
    assertThat(LineLabels.of(List.of("spam", "ham.txt"))).containsExactly("spam", "ham");
  }
}
