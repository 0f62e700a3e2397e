package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.gzip;
import static dev.rootstock.preprocess.read.Corpus.read;
import static dev.rootstock.preprocess.read.Corpus.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.read.Corpus.Taken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDocumentsTest {
  private static final String THREE =
      "{\"text\":\"one\",\"url\":\"http://a/\",\"language\":\"en\"}\n{\"text\":\"two\"}\n{\"text\":\"three\"}\n";

  @TempDir Path folder;

  private Taken take(Format format, byte[]... parts) throws IOException {
    return read(file(folder.resolve("file"), format, parts));
  }

  @Test
  void aLineOfJsonIsADocumentWithWhatItSaysOfItself() throws IOException {
    Taken taken = take(Format.JSONL, bytes(THREE));

    assertThat(taken.texts()).containsExactly("one", "two", "three");
    assertThat(taken.documents().get(0))
        .extracting(Document::url, Document::language, Document::licence)
        .containsExactly("http://a/", "en", "MIT");
    assertThat(taken.records())
        .containsExactly(
            0L, (long) THREE.indexOf("{\"text\":\"two"), (long) THREE.indexOf("{\"text\":\"three"));
  }

  @Test
  void anAddressLosesItsUserAndALanguageThatIsNoneIsLeftOut() throws IOException {
    String line = "{\"text\":\"a\",\"url\":\"%s\",\"language\":\"%s\"}\n";
    String far = "http://a/" + "b".repeat(2 << 10);
    Taken taken =
        take(
            Format.JSONL,
            bytes(line.formatted("https://ann:pass@a.org/x?y@z", "zh-Hant-TW")),
            bytes(line.formatted("http://a/?" + far, "ann@web.org")),
            bytes(line.formatted(far, "a".repeat(9))));

    assertThat(taken.documents())
        .extracting(Document::url)
        .containsExactly("https://a.org/x?y@z", "http://a/", null);
    assertThat(taken.documents())
        .extracting(Document::language)
        .containsExactly("zh-Hant-TW", null, null);
  }

  @Test
  void aFaultQuotesNothingOfTheFile() throws IOException {
    String twice = "{\"alice@secret.org\":1,\"alice@secret.org\":2}\n";

    assertThat(take(Format.JSONL, bytes(twice)).faults())
        .singleElement()
        .asString()
        .contains("stands twice")
        .doesNotContain("alice");
    assertThat(take(Format.CSV, bytes("Alice,alice@secret.org\nBob,bob@secret.org\n")).broken())
        .contains("2 columns")
        .doesNotContain("lice");
  }

  @Test
  void compressionIsToldByTheBytesAndChangesNoDocument() throws IOException {
    Taken plain = take(Format.JSONL, bytes(THREE));
    byte[] first = bytes(THREE.substring(0, 20));
    byte[] rest = bytes(THREE.substring(20));

    for (byte[] packed :
        new byte[][] {
          gzip(bytes(THREE)),
          join(gzip(first), gzip(new byte[0]), gzip(rest)),
          join(gzip(bytes(THREE)), new byte[512]),
          zstd(bytes(THREE)),
          join(zstd(first), zstd(rest))
        }) {
      Taken taken = take(Format.JSONL, packed);
      assertThat(taken.texts()).isEqualTo(plain.texts());
      assertThat(taken.records()).isEqualTo(plain.records());
      assertThat(taken.outcome()).isEqualTo(plain.outcome());
    }
  }

  @Test
  void aBrokenLineIsADocumentWithItsFaultAndReadingGoesOn() throws IOException {
    Taken taken =
        take(
            Format.JSONL,
            bytes("{\"text\":\"first\"}\n{\"text\":\n[1]\n{\"txt\":\"x\"}\n{\"text\":3}\n"),
            new byte[] {'"', (byte) 0xe9, '"', '\n'},
            bytes("{\"text\":\"a\0b\"}\n"),
            bytes("{\"text\":\"last\"}"));

    assertThat(taken.outcome().documents()).isEqualTo(8);
    assertThat(taken.outcome().faults()).isEqualTo(6);
    assertThat(taken.outcome().broken()).isEmpty();
    assertThat(taken.texts()).startsWith("first").endsWith("last");
    assertThat(taken.faults())
        .contains(
            "not UTF-8: byte 0xe9 at 1",
            "holds NUL bytes: not text",
            "the line is not a JSON object")
        .filteredOn("no text under the key \"text\""::equals)
        .hasSize(2);
  }

  @Test
  void bytesThatUtf8MaySpellButMayNotMeanAreNoText() throws IOException {
    byte[] overlong = {(byte) 0xc0, (byte) 0xaf};
    byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
    byte[] cut = {'a', (byte) 0xe2, (byte) 0x82};

    for (byte[] wrong : new byte[][] {overlong, surrogate, cut}) {
      assertThat(take(Format.TEXT, wrong).faults())
          .singleElement()
          .asString()
          .startsWith("not UTF-8");
    }
    assertThat(take(Format.TEXT, bytes("a \ufffd that was written")).faults()).isEmpty();
  }

  @Test
  void aTruncatedGzipDeliversWhatItHoldsAndIsToldAsBroken() throws IOException {
    byte[] packed = gzip(bytes("{\"text\":\"a line\"}\n".repeat(100_000)));
    Taken taken = take(Format.JSONL, Arrays.copyOf(packed, packed.length / 2));

    assertThat(taken.documents()).hasSizeGreaterThan(10_000).hasSizeLessThan(100_000);
    assertThat(taken.outcome().documents()).isEqualTo(taken.documents().size());
    assertThat(taken.broken()).contains("cut off within member 1");
    assertThat(taken.outcome().broken().orElseThrow().file())
        .isEqualTo(Artifacts.sum(folder.resolve("file")).substring(0, 12));
  }

  @Test
  void aGzipWhoseSecondMemberIsBrokenLosesNothingInSilence() throws IOException {
    byte[] sound = gzip(bytes(THREE));
    byte[] noMember = gzip(bytes(THREE));
    noMember[0] = 'x';
    byte[] wrongSum = gzip(bytes(THREE));
    wrongSum[wrongSum.length - 6] ^= 1;

    for (byte[] second : new byte[][] {noMember, Arrays.copyOf(sound, 5), wrongSum}) {
      Taken taken = take(Format.JSONL, sound, second);
      assertThat(taken.texts()).startsWith("one", "two", "three");
      assertThat(taken.broken()).contains("member 2");
    }
  }

  @Test
  void aBrokenZstandardFileDeliversWhatItHoldsAndIsToldAsBroken() throws IOException {
    byte[] frame = zstd(bytes(THREE));
    byte[] random = new byte[1 << 20];
    new Random(1).nextBytes(random);
    byte[] next = zstd(random);

    for (byte[] wrong : new byte[][] {Arrays.copyOf(next, next.length / 2), bytes("no frame")}) {
      Taken taken = take(Format.JSONL, frame, wrong);
      assertThat(taken.texts()).startsWith("one", "two", "three");
      assertThat(taken.broken()).contains("Zstandard");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void anEmptyFileIsEmptyOrBrokenButNeverAnError(Format format) throws IOException {
    Taken taken = take(format);

    assertThat(taken.outcome().broken().isPresent()).isEqualTo(format == Format.PARQUET);
    assertThat(taken.texts()).allMatch(String::isEmpty);
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"AUTO", "TEXT", "MARKDOWN", "PARAGRAPHS", "JSONL", "CSV", "TSV"})
  void utf16IsToldAsOneRecordWithTheRemedy(Format format) throws IOException {
    for (Taken taken :
        List.of(
            take(format, "text\nwords\n".getBytes(StandardCharsets.UTF_16)),
            take(format, new byte[] {-1, -2}, "text\n".getBytes(StandardCharsets.UTF_16LE)))) {
      assertThat(taken.outcome().broken()).isEmpty();
      assertThat(taken.faults()).singleElement().asString().contains("UTF-16", "iconv");
    }
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsLeaveNoTrace() throws IOException {
    String mark = "\ufeff";

    assertThat(take(Format.TEXT, bytes(mark + "a\r\nb\rc")).texts()).containsExactly("a\nb\nc");
    assertThat(
            take(Format.JSONL, bytes(mark + "{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\\r\\nc\"}\r\n"))
                .texts())
        .containsExactly("a", "b\nc");
    assertThat(take(Format.CSV, bytes(mark + "\"text\",n\r\n\"a\r\nb\",1\r\n")).texts())
        .containsExactly("a\nb");
    assertThat(take(Format.PARAGRAPHS, bytes(mark + "a\r\n\r\nb\r\n")).texts())
        .containsExactly("a\n", "b\n");
    assertThat(take(Format.MARKDOWN, bytes(mark + "# Head\r\n*text*\r\n")).texts())
        .containsExactly("Head\ntext\n");
  }

  @Test
  void aLineOfTenMegabytesIsADocumentAndOneOfSeventeenIsAFault() throws IOException {
    String fine = "{\"text\":\"" + "x".repeat(10 << 20) + "\"}\n";
    String large = "{\"text\":\"" + "y".repeat(17 << 20) + "\"}\n";
    Taken taken = take(Format.JSONL, bytes(fine), bytes(large), bytes("{\"text\":\"after\"}\n"));

    assertThat(taken.texts().get(0)).hasSize(10 << 20);
    assertThat(taken.faults()).containsExactly("more than 16 MiB in one record");
    assertThat(taken.texts().get(1))
        .hasSizeLessThanOrEqualTo(Limits.EXCERPT)
        .startsWith("{\"text\":\"yyy");
    assertThat(taken.texts().get(2)).isEqualTo("after");
  }

  @Test
  void aPageIsReadForItsMainText() throws IOException {
    Taken taken =
        take(
            Format.HTML,
            bytes(
                "<html lang=de><body><p>Gr\u00fc\u00dfe aus einem Satz, der lang genug ist.</p></body></html>"));

    assertThat(taken.texts()).singleElement().asString().contains("Gr\u00fc\u00dfe aus einem Satz");
    assertThat(take(Format.HTML, new byte[Limits.PAGE + 1]).faults())
        .containsExactly("more than 8 MiB in one record");
  }

  @Test
  void markUpThatOverflowsAStackIsAFault() throws IOException {
    Taken taken = take(Format.MARKDOWN, bytes("*".repeat(1_000_000) + "x"));

    assertThat(taken.outcome().documents()).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneOrChangedIsRefusedAtOnce() throws IOException {
    CorpusFile file = file(folder.resolve("file"), Format.TEXT, bytes("as pinned"));
    Files.writeString(folder.resolve("file"), "otherwise");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining("changed");

    Files.delete(folder.resolve("file"));
    assertThatThrownBy(() -> read(file)).isInstanceOf(Hopeless.class).hasMessageContaining("gone");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
