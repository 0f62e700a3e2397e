package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.of;
import static dev.rootstock.preprocess.read.Corpus.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.read.Corpus.Taken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class ParquetDocumentsTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message rows { optional binary text (STRING); required int64 n; optional binary url (STRING);"
              + " optional binary language; repeated binary tags (STRING);"
              + " optional group meta { optional binary text (STRING); } }");

  @TempDir Path folder;

  private interface Rows {
    void write(ParquetWriter<Group> rows) throws IOException;
  }

  /** Packs as other programs do. */
  private record Packer(CompressionCodecName getCodecName)
      implements CompressionCodecFactory.BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      bytes.writeAllTo(plain);
      return switch (getCodecName) {
        case SNAPPY -> BytesInput.from(Snappy.compress(plain.toByteArray()));
        case ZSTD -> BytesInput.from(Corpus.zstd(plain.toByteArray()));
        case GZIP -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            plain.writeTo(gzip);
          }
          yield BytesInput.from(packed.toByteArray());
        }
        default -> BytesInput.from(plain.toByteArray());
      };
    }

    @Override
    public void release() {}
  }

  private Path write(CompressionCodecName codec, Rows rows) throws IOException {
    Path path = folder.resolve("file.parquet");
    Files.deleteIfExists(path);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(codec)
            .withCodecFactory(
                new CompressionCodecFactory() {
                  @Override
                  public BytesInputCompressor getCompressor(CompressionCodecName name) {
                    return new Packer(name);
                  }

                  @Override
                  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
                    throw new UnsupportedOperationException();
                  }

                  @Override
                  public void release() {}
                })
            .withRowGroupSize(100_000L)
            .withMinRowCountForPageSizeCheck(10)
            .build()) {
      rows.write(writer);
    }
    return path;
  }

  private static Group row(long n) {
    SimpleGroup row = new SimpleGroup(SCHEMA);
    row.append("n", n).append("tags", "a").append("tags", "b");
    row.addGroup("meta").append("text", "nested");
    return row;
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void rowsOfAnyUsualCodecAreDocuments(CompressionCodecName codec) throws IOException {
    Path path =
        write(
            codec,
            rows -> {
              for (int n = 0; n < 3_000; n++) {
                Group row = row(n);
                row.append("text", "text " + n + " " + "w".repeat(100));
                if (n % 2 == 0) {
                  row.append("url", "http://a/" + n).append("language", "en");
                }
                rows.write(row);
              }
            });
    Taken taken = read(of(path, Format.PARQUET));

    assertThat(taken.outcome().broken()).isEmpty();
    assertThat(taken.documents()).hasSize(3_000);
    assertThat(taken.documents().get(2998).text()).startsWith("text 2998 www");
    assertThat(taken.documents().get(2998))
        .extracting(Document::url, Document::language)
        .containsExactly("http://a/2998", "en");
    assertThat(taken.documents().get(2999).url()).isNull();
    assertThat(taken.records()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theRangesAreTheWholeWhateverTheCuts() throws IOException {
    Path path =
        write(
            CompressionCodecName.UNCOMPRESSED,
            rows -> {
              for (int n = 0; n < 3_000; n++) {
                Group row = row(n);
                row.append(
                    "text", "text " + n + " " + Integer.toHexString(n * 0x9e3779b9).repeat(20));
                rows.write(row);
              }
            });
    CorpusFile whole = of(path, Format.PARQUET);
    List<Document> all = read(whole).documents();
    assertThat(all).hasSize(3_000);

    for (long size : new long[] {1 << 12, 50_000, 77_777, 200_000}) {
      List<Document> parts = new ArrayList<>();
      int filled = 0;
      List<CorpusFile> ranges = FileDocuments.ranges(whole, size);
      for (CorpusFile range : ranges) {
        List<Document> read = read(range).documents();
        filled += read.isEmpty() ? 0 : 1;
        parts.addAll(read);
      }
      assertThat(ranges).hasSize((int) ((whole.bytes() + size - 1) / size));
      assertThat(filled).isGreaterThan(1);
      assertThat(parts).isEqualTo(all);
    }
  }

  @Test
  void ofABrokenFileInRangesTheFirstOneTells() throws IOException {
    CorpusFile whole = file(folder.resolve("b.parquet"), Format.PARQUET, bytes("PAR1".repeat(99)));
    List<CorpusFile> ranges = FileDocuments.ranges(whole, 100);

    assertThat(ranges).hasSize(4);
    assertThat(read(ranges.get(0)).broken()).startsWith("the Parquet file can not be read:");
    assertThat(read(ranges.get(1)).outcome().broken()).isEmpty();
  }

  @Test
  void aRowWithoutTextOrWithOtherBytesIsAFaultAndReadingGoesOn() throws IOException {
    Path path =
        write(
            CompressionCodecName.ZSTD,
            rows -> {
              rows.write(row(0));
              Group wrong = row(1);
              wrong.add("text", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xff}));
              rows.write(wrong);
              Group large = row(2);
              large.add("text", "x".repeat(17 << 20));
              rows.write(large);
              Group last = row(3);
              last.add("text", "fine");
              rows.write(last);
            });
    Taken taken = read(of(path, Format.PARQUET));

    assertThat(taken.faults())
        .containsExactly(
            "no text in the column \"text\"",
            "not UTF-8: byte 0xff at 1",
            "more than 16 MiB in one record");
    assertThat(taken.texts()).endsWith("fine").hasSize(4);
  }

  @Test
  void aColumnThatIsNoStringIsRefusedByItsType() throws IOException {
    Path path = write(CompressionCodecName.ZSTD, rows -> rows.write(row(0)));
    CorpusFile file = of(path, Format.PARQUET);

    for (String column : new String[] {"n", "tags", "meta", "absent"}) {
      CorpusFile other =
          new CorpusFile(0, file.uri(), file.sha256(), file.bytes(), Format.PARQUET, column, null);
      Taken taken = read(other);
      assertThat(taken.documents()).isEmpty();
      assertThat(taken.broken())
          .contains(column)
          .contains(column.equals("absent") ? "but text, n, url" : "plain column of strings");
    }
  }

  @Test
  void aFileThatIsCutOrSpoiltIsBroken() throws IOException {
    Path path =
        write(
            CompressionCodecName.SNAPPY,
            rows -> {
              for (int n = 0; n < 5_000; n++) {
                Group row = row(n);
                row.append("text", "text " + n + " " + Integer.toHexString(n * 0x9e3779b9));
                rows.write(row);
              }
            });
    byte[] sound = Files.readAllBytes(path);
    byte[] spoilt = sound.clone();
    Arrays.fill(spoilt, sound.length / 2, sound.length / 2 + 3_000, (byte) 0x5a);

    assertThat(read(file(path, Format.PARQUET, Arrays.copyOf(sound, sound.length / 2))).broken())
        .contains("Parquet")
        .doesNotContain("@"); // an object's hash would differ from run to run
    assertThat(read(file(path, Format.PARQUET, bytes("PAR1 no"))).broken())
        .isEqualTo(
            "the Parquet file can not be read: it is not a Parquet file (length is too low: 7)");
    Taken taken = read(file(path, Format.PARQUET, spoilt));
    assertThat(taken.broken()).contains("broken at row");
    assertThat(taken.documents()).hasSizeGreaterThan(100).hasSizeLessThan(5_000);
  }
}
