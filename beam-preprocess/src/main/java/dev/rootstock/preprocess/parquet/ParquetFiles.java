package dev.rootstock.preprocess.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
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

  /** Takes a row. */
  public interface RowTaker {
    void take(Group row) throws IOException;
  }

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
    return writer(file, schema, metadata, rowGroup, checkEvery, ZstdCodec.LASTING);
  }

  /** The same of a file that a later pass reads once and writes again. */
  public static ParquetWriter<Group> passing(
      Path file, MessageType schema, Map<String, String> metadata, long rowGroup, int checkEvery)
      throws IOException {
    return writer(file, schema, metadata, rowGroup, checkEvery, ZstdCodec.PASSING);
  }

  private static ParquetWriter<Group> writer(
      Path file,
      MessageType schema,
      Map<String, String> metadata,
      long rowGroup,
      int checkEvery,
      int level)
      throws IOException {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withExtraMetaData(metadata)
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withCodecFactory(new ZstdCodec(level))
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
  public static Map<String, String> read(InputFile file, RowTaker taker) throws IOException {
    return read(file, Optional.empty(), taker);
  }

  /** The same of some columns, the others not read. */
  public static Map<String, String> read(InputFile file, MessageType some, RowTaker taker)
      throws IOException {
    return read(file, Optional.of(some), taker);
  }

  /**
   * Hands the rows of these ordinals, in order, to {@code taker}; groups without one are skipped.
   */
  public static void read(InputFile file, SortedSet<Long> ordinals, RowTaker taker)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      MessageType schema = reader.getFileMetaData().getSchema();
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
      long at = 0;
      for (BlockMetaData group : reader.getRowGroups()) {
        long end = at + group.getRowCount();
        if (ordinals.subSet(at, end).isEmpty()) {
          reader.skipNextRowGroup();
          at = end;
          continue;
        }
        RecordReader<Group> rows =
            columns.getRecordReader(reader.readNextRowGroup(), new GroupRecordConverter(schema));
        for (; at < end; at++) {
          Group row = rows.read();
          if (ordinals.contains(at)) {
            taker.take(row);
          }
        }
      }
    }
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new ZstdCodec(ZstdCodec.LASTING))
        .build();
  }

  private static Map<String, String> read(
      InputFile file, Optional<MessageType> some, RowTaker taker) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      MessageType whole = reader.getFileMetaData().getSchema();
      MessageType schema = some.orElse(whole);
      reader.setRequestedSchema(schema);
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema, whole);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> rows = columns.getRecordReader(pages, new GroupRecordConverter(schema));
        for (long row = 0; row < pages.getRowCount(); row++) {
          taker.take(rows.read());
        }
      }
      return reader.getFileMetaData().getKeyValueMetaData();
    }
  }
}
