package dev.rootstock.preprocess.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Opens Parquet files the way all of ours are written: Zstandard, plain encoding, no statistics.
 */
public final class ParquetFiles {
  private static final int PAGE = 1 << 20; // bytes

  private ParquetFiles() {}

  /**
   * A writer to a new local file. The caller closes.
   *
   * @param metadata key-value pairs of the footer
   * @param rowGroup bytes a row group holds before compression
   * @param checkEvery rows between looks at how large a page and a row group have grown
   */
  public static ParquetWriter<Group> writer(
      Path file, MessageType schema, Map<String, String> metadata, long rowGroup, int checkEvery)
      throws IOException {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withExtraMetaData(metadata)
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withCodecFactory(new ZstdCodec())
        .withDictionaryEncoding(false)
        .withStatisticsEnabled(false)
        .withRowGroupSize(rowGroup)
        .withPageSize(PAGE)
        .withMinRowCountForPageSizeCheck(checkEvery)
        .withMaxRowCountForPageSizeCheck(checkEvery)
        .build();
  }

  /**
   * Hands every row, in order, to {@code taker}; a row is only good until the next. Returns the
   * footer's pairs.
   */
  public static Map<String, String> read(InputFile file, Consumer<Group> taker) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      rows(reader, schema(reader), group -> true, (at, row) -> taker.accept(row));
      return reader.getFileMetaData().getKeyValueMetaData();
    }
  }

  /** Takes a row and its ordinal in the file. */
  public interface RowTaker {
    void take(long at, Group row);
  }

  /** Hands every row, with these columns alone, to {@code taker}: the others are not read. */
  public static void read(InputFile file, Set<String> columns, RowTaker taker) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      MessageType whole = schema(reader);
      MessageType wanted =
          new MessageType(
              whole.getName(),
              whole.getFields().stream()
                  .filter(field -> columns.contains(field.getName()))
                  .toList());
      reader.setRequestedSchema(wanted);
      rows(reader, wanted, group -> true, taker);
    }
  }

  /**
   * Hands the rows of these ordinals, in order, to {@code taker}; groups without one are skipped.
   */
  public static void read(InputFile file, SortedSet<Long> ordinals, RowTaker taker)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      rows(
          reader,
          schema(reader),
          group -> !ordinals.subSet(group.from(), group.to()).isEmpty(),
          (at, row) -> {
            if (ordinals.contains(at)) {
              taker.take(at, row);
            }
          });
    }
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new ZstdCodec())
        .build();
  }

  private static MessageType schema(ParquetFileReader reader) {
    return reader.getFileMetaData().getSchema();
  }

  /** Ordinals of a row group's rows, from and up to but without. */
  private record Span(long from, long to) {}

  private static void rows(
      ParquetFileReader reader, MessageType columns, Predicate<Span> wanted, RowTaker taker)
      throws IOException {
    MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns);
    long at = 0;
    for (BlockMetaData group : reader.getRowGroups()) {
      long end = at + group.getRowCount();
      if (!wanted.test(new Span(at, end))) {
        reader.skipNextRowGroup();
        at = end;
        continue;
      }
      PageReadStore pages = reader.readNextRowGroup();
      RecordReader<Group> rows = io.getRecordReader(pages, new GroupRecordConverter(columns));
      for (; at < end; at++) {
        taker.take(at, rows.read());
      }
    }
  }
}
