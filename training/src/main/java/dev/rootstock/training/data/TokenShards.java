package dev.rootstock.training.data;

import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The row groups of token shards, numbered through the shards. Opening reads the footers; a group
 * is fetched when it is read, in one request where the store answers by ranges. Thread-safe.
 */
final class TokenShards {
  private static final int AT_ONCE = 8; // footers

  private final int rowTokens;
  private final int vocabulary;
  private final List<RowGroup> groups;

  /** Where rows lie that are fetched together. */
  private record RowGroup(StoredInput file, ParquetMetadata footer, int index, int rows) {}

  /** Takes a row. */
  interface Taker {
    void take(ByteBuffer tokens, int[] starts, int[] resumes, int length) throws IOException;
  }

  private TokenShards(int rowTokens, int vocabulary, List<RowGroup> groups) {
    this.rowTokens = rowTokens;
    this.vocabulary = vocabulary;
    this.groups = groups;
  }

  /**
   * Reads the footers.
   *
   * @param keys of the shards, in order
   * @param rowTokens tokens a row must hold, context + 1
   * @param vocabulary every token must be below it
   * @throws Hopeless if a shard is not what it should be
   */
  static TokenShards open(ArtifactStore store, List<String> keys, int rowTokens, int vocabulary)
      throws IOException {
    ExecutorService requests = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<List<RowGroup>>> shards = new ArrayList<>();
      for (String key : keys) {
        shards.add(requests.submit(() -> groups(store, key, rowTokens, vocabulary)));
      }
      List<RowGroup> groups = new ArrayList<>();
      for (Future<List<RowGroup>> shard : shards) {
        groups.addAll(Waiting.result(shard));
      }
      return new TokenShards(rowTokens, vocabulary, groups);
    } finally {
      requests.shutdownNow();
    }
  }

  private static List<RowGroup> groups(
      ArtifactStore store, String key, int rowTokens, int vocabulary) throws IOException {
    StoredInput file = StoredInput.of(store, key);
    try (ParquetFileReader shard = ParquetFileReader.open(file, options())) {
      ParquetMetadata footer = shard.getFooter();
      Map<String, String> said = footer.getFileMetaData().getKeyValueMetaData();
      expect(key, "rootstock.row_tokens", said, rowTokens);
      expect(key, "rootstock.vocabulary", said, vocabulary);
      List<RowGroup> groups = new ArrayList<>();
      for (BlockMetaData block : footer.getBlocks()) {
        int rows = Math.toIntExact(block.getRowCount());
        groups.add(new RowGroup(file, footer, groups.size(), rows));
      }
      return groups;
    }
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new PageCodecs())
        .build();
  }

  private static void expect(String key, String name, Map<String, String> said, int wanted) {
    String found = said.get(name);
    if (!String.valueOf(wanted).equals(found)) {
      throw new Hopeless(
          "CorruptStore", key + " says " + name + " " + found + "; this training needs " + wanted);
    }
  }

  int rowTokens() {
    return rowTokens;
  }

  /** Rows of each group. */
  int[] rows() {
    return groups.stream().mapToInt(RowGroup::rows).toArray();
  }

  /** Fetches a group and hands on its rows; the buffer is good until the next. */
  void read(int number, Taker taker) throws IOException {
    RowGroup group = groups.get(number);
    try (ParquetFileReader shard =
        ParquetFileReader.open(group.file(), group.footer(), options(), group.file().newStream())) {
      MessageType schema = group.footer().getFileMetaData().getSchema();
      MessageType wanted =
          new MessageType(
              schema.getName(),
              schema.getType("tokens"),
              schema.getType("starts"),
              schema.getType("resumes"),
              schema.getType("length"));
      shard.setRequestedSchema(wanted);
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(wanted, schema);
      PageReadStore pages = shard.readRowGroup(group.index());
      RecordReader<Group> reader = columns.getRecordReader(pages, new GroupRecordConverter(wanted));
      for (int row = 0; row < group.rows(); row++) {
        Group read = reader.read();
        ByteBuffer tokens = read.getBinary(0, 0).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        check(tokens, group.file().key(), row);
        taker.take(
            tokens,
            offsets(read.getGroup(1, 0)),
            offsets(read.getGroup(2, 0)),
            read.getInteger(3, 0));
      }
    }
  }

  private static int[] offsets(Group list) {
    int[] offsets = new int[list.getFieldRepetitionCount(0)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = list.getGroup(0, i).getInteger(0, 0);
    }
    return offsets;
  }

  private void check(ByteBuffer tokens, String key, int row) {
    if (tokens.remaining() != Integer.BYTES * rowTokens) {
      throw corrupt(
          key,
          row,
          "has "
              + tokens.remaining()
              + " bytes of tokens; it must have "
              + Integer.BYTES * rowTokens);
    }
    for (int at = tokens.position(); at < tokens.limit(); at += Integer.BYTES) {
      int token = tokens.getInt(at);
      if (token < 0 || token >= vocabulary) {
        throw corrupt(
            key, row, "holds token " + token + "; the vocabulary ends at " + (vocabulary - 1));
      }
    }
  }

  private static Hopeless corrupt(String key, int row, String what) {
    return new Hopeless("CorruptStore", key + " row " + row + " of a row group " + what);
  }
}
