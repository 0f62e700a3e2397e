package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Sketches as rows. {@code signature} holds {@link Signature#whole}, the bands and the bits; {@code
 * units} a width, starts and hashes; either is left out where there is none.
 */
public final class SketchRows {
  private static final long ROW_GROUP = 16L << 20; // bytes
  private static final int CHECK_EVERY = 64; // rows
  private static final String MADE_BY = "sketcher"; // key in the footer
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message sketch { required fixed_len_byte_array(16) id; required binary file (STRING); required int64 record; required int64 bytes;"
              + " optional binary signature; optional binary units; }");

  private SketchRows() {}

  /** A writer to a new local file. The caller closes. */
  public static ParquetWriter<Group> writer(Path file, Sketcher sketcher) throws IOException {
    return ParquetFiles.passing(
        file, SCHEMA, Map.of(MADE_BY, sketcher.name()), ROW_GROUP, CHECK_EVERY);
  }

  public static Group row(Sketch sketch) {
    ByteBuffer id = ByteBuffer.allocate(Hash128.BYTES);
    sketch.id().write(id);
    Group row =
        new SimpleGroup(SCHEMA)
            .append("id", Binary.fromConstantByteArray(id.array()))
            .append("file", sketch.origin().file())
            .append("record", sketch.origin().record())
            .append("bytes", sketch.bytes());
    Signature signature = sketch.signature();
    if (signature != null) {
      row.append("signature", Binary.fromConstantByteArray(SketchCoder.bytes(signature)));
    }
    if (sketch.units().count() > 0) {
      row.append("units", Binary.fromConstantByteArray(SketchCoder.bytes(sketch.units())));
    }
    return row;
  }

  /**
   * Hands every sketch of a file, in order, to {@code taker}.
   *
   * @param source index of the bundle's source in this corpus
   * @param bundle its own index; neither is in the file, which other corpora share
   * @throws IOException if a sketcher of another name wrote the file
   */
  public static void read(
      InputFile file, int source, int bundle, Sketcher sketcher, Consumer<Sketch> taker)
      throws IOException {
    Map<String, String> footer =
        ParquetFiles.read(
            file,
            row ->
                taker.accept(
                    new Sketch(
                        Hash128.read(row.getBinary("id", 0).toByteBuffer().slice()),
                        new Origin(source, row.getString("file", 0), row.getLong("record", 0)),
                        bundle,
                        row.getLong("bytes", 0),
                        SketchCoder.signature(optional(row, "signature")),
                        SketchCoder.units(optional(row, "units")))));
    if (!sketcher.name().equals(footer.get(MADE_BY))) {
      throw new IOException(
          "sketches are of "
              + footer.get(MADE_BY)
              + "; they must be of "
              + sketcher.name()
              + ". Make them anew");
    }
  }

  private static byte[] optional(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0
        ? new byte[0]
        : row.getBinary(column, 0).getBytes();
  }
}
