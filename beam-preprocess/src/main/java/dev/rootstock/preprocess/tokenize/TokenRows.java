package dev.rootstock.preprocess.tokenize;

import dev.rootstock.preprocess.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Rows of tokens in a Parquet file; FORMATS.md tells the columns. Immutable. */
final class TokenRows {
  private static final long ROW_GROUP = 6L << 20; // bytes; the unit of one ranged read
  private static final int LOOK = 1 << 18; // bytes between looks at how large a row group has grown
  private static final String OFFSETS =
      "required group %s (LIST) { repeated group list { required int32 element; } } ";

  private final int rowTokens;
  private final MessageType schema;

  TokenRows(int context) {
    rowTokens = context + 1;
    schema =
        MessageTypeParser.parseMessageType(
            "message tokens { required fixed_len_byte_array("
                + Integer.BYTES * rowTokens
                + ") tokens; "
                + OFFSETS.formatted("starts")
                + OFFSETS.formatted("resumes")
                + "required int32 length; required int64 first_document; }");
  }

  /** A writer. The caller closes. */
  ParquetWriter<Group> writer(Path file, Map<String, String> metadata) throws IOException {
    int checkEvery = Math.max(1, LOOK / (Integer.BYTES * rowTokens));
    return ParquetFiles.writer(file, schema, metadata, ROW_GROUP, checkEvery);
  }

  Group row(PackedRow row) {
    ByteBuffer tokens = ByteBuffer.allocate(Integer.BYTES * rowTokens);
    tokens.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(row.tokens());
    Group group = new SimpleGroup(schema);
    group.add("tokens", Binary.fromConstantByteArray(tokens.array()));
    offsets(group.addGroup("starts"), row.starts());
    offsets(group.addGroup("resumes"), row.resumes());
    group.add("length", row.length());
    group.add("first_document", row.firstDocument());
    return group;
  }

  private static void offsets(Group list, List<Integer> offsets) {
    offsets.forEach(offset -> list.addGroup("list").add("element", (int) offset));
  }
}
