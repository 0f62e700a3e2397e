package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.parquet.DocumentRows;
import java.io.IOException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * A segment's file of dropped documents, which is there only if there are some. Not thread-safe.
 */
final class DroppedFile implements AutoCloseable {
  private final SegmentFiles files;
  private @Nullable ParquetWriter<Group> writer;

  DroppedFile(SegmentFiles files) {
    this.files = files;
  }

  void write(Dropped dropped) throws IOException {
    if (writer == null) {
      writer = DocumentRows.dropped(files.add("dropped"));
    }
    writer.write(DocumentRows.row(dropped));
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
