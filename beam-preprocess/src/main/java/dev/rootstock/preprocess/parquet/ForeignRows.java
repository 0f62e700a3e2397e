package dev.rootstock.preprocess.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Columns of strings of a Parquet file that others wrote, a row at a time: of all its row groups,
 * or of those whose middle is in a range of the file. Holds the packed bytes of these columns in
 * one row group. Not thread-safe.
 */
public final class ForeignRows implements Closeable {
  private static final long LARGEST = 512L << 20; // packed bytes of the columns in a row group

  private final ParquetFileReader reader;
  private final MessageType columns;
  private @Nullable RecordReader<Group> rows;
  private long left; // rows of this group
  private long number = -1;

  /**
   * @param from first byte of the range, and {@code to} the one after it
   * @param wanted a column that must be there, and a string
   * @param others columns that are read where they are there and strings
   * @throws IOException if the file lacks the column, or is no Parquet file; other corruption comes
   *     as whatever Parquet throws, unchecked exceptions among them
   */
  public ForeignRows(InputFile file, long from, long to, String wanted, List<String> others)
      throws IOException {
    reader =
        ParquetFileReader.open(
            file,
            ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ForeignCodecs())
                .withRange(from, to)
                .build());
    try {
      columns = columns(reader.getFileMetaData().getSchema(), wanted, others);
      reader.setRequestedSchema(columns);
      for (BlockMetaData group : reader.getRowGroups()) {
        check(group);
      }
    } catch (IOException | RuntimeException wrong) {
      reader.close();
      throw wrong;
    }
  }

  private static MessageType columns(MessageType schema, String wanted, List<String> others)
      throws IOException {
    if (!schema.containsField(wanted)) {
      throw new IOException(
          "no column \""
              + wanted
              + "\" but "
              + schema.getFields().stream().map(Type::getName).collect(Collectors.joining(", "))
              + "; name the one that holds the text (text: …)");
    }
    if (!string(schema.getType(wanted))) {
      throw new IOException(
          "column \""
              + wanted
              + "\" is \""
              + schema.getType(wanted).toString().lines().collect(Collectors.joining(" "))
              + "\"; it must be a plain column of strings, neither nested nor repeated");
    }
    List<Type> columns = new ArrayList<>(List.of(schema.getType(wanted)));
    for (String other : others) {
      if (!other.equals(wanted) && schema.containsField(other) && string(schema.getType(other))) {
        columns.add(schema.getType(other));
      }
    }
    return new MessageType(schema.getName(), columns);
  }

  private static boolean string(Type type) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
  }

  private void check(BlockMetaData group) throws IOException {
    long bytes = 0;
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      bytes += columns.containsPath(chunk.getPath().toArray()) ? chunk.getTotalSize() : 0;
    }
    if (bytes < 0 || bytes > LARGEST) {
      throw new IOException(
          "a row group with "
              + bytes
              + " bytes of text; at most "
              + LARGEST
              + " are held in memory, so write the file with smaller row groups");
    }
  }

  /** Moves to the next row; empty at the end. The row is only good until the next. */
  public Optional<Group> next() throws IOException {
    while (left == 0) {
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        return Optional.empty();
      }
      left = pages.getRowCount();
      number = pages.getRowIndexOffset().orElse(number + 1) - 1;
      rows =
          new ColumnIOFactory()
              .getColumnIO(columns)
              .getRecordReader(pages, new GroupRecordConverter(columns));
    }
    left--;
    number++;
    return Optional.of(Objects.requireNonNull(rows).read());
  }

  /** Number of the last row in the whole file, from 0; -1 before the first. */
  public long number() {
    return number;
  }

  /** A value as bytes; empty if there is none. */
  public static Optional<byte[]> value(Group row, String column) {
    boolean there = row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
    return there ? Optional.of(row.getBinary(column, 0).getBytes()) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
