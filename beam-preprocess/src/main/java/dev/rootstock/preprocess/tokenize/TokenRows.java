package dev.rootstock.preprocess.tokenize;

import dev.rootstock.preprocess.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Rows of tokens in a Parquet file; FORMATS.md tells the columns. */
record TokenRows(int context) {
  private static final long ROW_GROUP = 6L << 20; // bytes; the unit of one ranged read
  private static final int LOOK = 1 << 18; // bytes between looks at how large a row group has grown

  private MessageType schema() {
    return MessageTypeParser.parseMessageType(
        "message tokens { required fixed_len_byte_array("
            + Integer.BYTES * (context + 1)
            + ") tokens; required group starts (LIST) { repeated group list { required int32 element; } }"
            + " required int64 first_document; }");
  }

  /** A writer. The caller closes. */
  ParquetWriter<Group> writer(Path file, Map<String, String> metadata) throws IOException {
    int checkEvery = Math.max(1, LOOK / (Integer.BYTES * (context + 1)));
    return ParquetFiles.writer(file, schema(), metadata, ROW_GROUP, checkEvery);
  }

  Group row(PackSequences.Row row) {
    ByteBuffer tokens =
        ByteBuffer.allocate(Integer.BYTES * row.tokens().length).order(ByteOrder.LITTLE_ENDIAN);
    tokens.asIntBuffer().put(row.tokens());
    Group group = new SimpleGroup(schema());
    group.add("tokens", Binary.fromConstantByteArray(tokens.array()));
    Group starts = group.addGroup("starts");
    row.starts().forEach(start -> starts.addGroup("list").add("element", (int) start));
    group.add("first_document", row.firstDocument());
    return group;
  }
}
