package dev.rootstock.training.data;

import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Rows of token shards, numbered through the shards, in a local scratch file of plain int32: any
 * row is one read. The file vanishes with the process. Thread-safe after {@link #open}.
 */
final class TokenRows implements AutoCloseable {
  private static final String COLUMN = "tokens";

  private final FileChannel scratch;
  private final int rowTokens;
  private final long rows;
  private final Map<Long, Integer> filled; // row to filling tokens at its end

  private TokenRows(FileChannel scratch, int rowTokens, long rows, Map<Long, Integer> filled) {
    this.scratch = scratch;
    this.rowTokens = rowTokens;
    this.rows = rows;
    this.filled = filled;
  }

  /**
   * Decodes shards.
   *
   * @param keys of the shards, in order
   * @param rowTokens tokens a row must hold, context + 1
   * @param vocabulary every token must be below it
   * @throws Hopeless if a shard does not hold what it should
   */
  static TokenRows open(ArtifactStore store, List<String> keys, int rowTokens, int vocabulary)
      throws IOException {
    Path file = Files.createTempFile("rootstock-tokens", ".int32");
    FileChannel scratch =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    long rows = 0;
    Map<Long, Integer> filled = new TreeMap<>();
    for (String key : keys) {
      try (ParquetFileReader shard =
          ParquetFileReader.open(
              new StoredInput(store, key),
              ParquetReadOptions.builder(new PlainParquetConfiguration())
                  .withCodecFactory(new PageCodecs())
                  .build())) {
        Map<String, String> said = shard.getFooter().getFileMetaData().getKeyValueMetaData();
        expect(key, "rootstock.row_tokens", said, rowTokens);
        expect(key, "rootstock.vocabulary", said, vocabulary);
        rows += decode(shard, key, scratch, rowTokens, vocabulary);
        int padding = Integer.parseInt(said.getOrDefault("rootstock.filled", "0"));
        if (padding > 0) {
          filled.put(rows - 1, padding);
        }
      }
    }
    return new TokenRows(scratch, rowTokens, rows, filled);
  }

  private static void expect(String key, String name, Map<String, String> said, int wanted) {
    String found = said.get(name);
    if (!String.valueOf(wanted).equals(found)) {
      throw new Hopeless(
          "CorruptStore", key + " says " + name + " " + found + "; this training needs " + wanted);
    }
  }

  private static long decode(
      ParquetFileReader shard, String key, FileChannel scratch, int rowTokens, int vocabulary)
      throws IOException {
    MessageType schema = shard.getFooter().getFileMetaData().getSchema();
    MessageType wanted = new MessageType(schema.getName(), schema.getType(COLUMN));
    MessageColumnIO columns = new ColumnIOFactory().getColumnIO(wanted, schema);
    shard.setRequestedSchema(wanted);
    long rows = 0;
    for (PageReadStore group = shard.readNextRowGroup();
        group != null;
        group = shard.readNextRowGroup()) {
      RecordReader<Group> reader = columns.getRecordReader(group, new GroupRecordConverter(wanted));
      for (long row = 0; row < group.getRowCount(); row++) {
        ByteBuffer tokens =
            reader.read().getBinary(COLUMN, 0).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        check(tokens, key, rows, rowTokens, vocabulary);
        while (tokens.hasRemaining()) {
          scratch.write(tokens);
        }
        rows++;
      }
    }
    return rows;
  }

  private static void check(
      ByteBuffer tokens, String key, long row, int rowTokens, int vocabulary) {
    if (tokens.remaining() != 4 * rowTokens) {
      throw new Hopeless(
          "CorruptStore",
          key
              + " row "
              + row
              + " has "
              + tokens.remaining()
              + " bytes; it must have "
              + 4 * rowTokens);
    }
    for (int at = tokens.position(); at < tokens.limit(); at += 4) {
      int token = tokens.getInt(at);
      if (token < 0 || token >= vocabulary) {
        throw new Hopeless(
            "CorruptStore",
            key
                + " row "
                + row
                + " holds token "
                + token
                + "; the vocabulary ends at "
                + (vocabulary - 1));
      }
    }
  }

  long rows() {
    return rows;
  }

  /** Tokens at a row's end that only fill it up. */
  int filled(long row) {
    return filled.getOrDefault(row, 0);
  }

  /** Reads a row. */
  int[] read(long row) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * rowTokens).order(ByteOrder.LITTLE_ENDIAN);
    long from = row * 4 * rowTokens;
    while (bytes.hasRemaining()) {
      if (scratch.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the scratch file of tokens is shorter than its " + rows + " rows");
      }
    }
    int[] tokens = new int[rowTokens];
    bytes.flip().asIntBuffer().get(tokens);
    return tokens;
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
