package dev.rootstock.preprocess.read;

import dev.rootstock.preprocess.parquet.ForeignRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/** Documents of a Parquet file: one a row, its text in the column the source names. */
final class ParquetDocuments {
  private static final String URL = "url";
  private static final String LANGUAGE = "language";

  private ParquetDocuments() {}

  /**
   * @throws BrokenFormat if the file is no Parquet file, lacks the column, or ends in corruption
   */
  static void read(Path file, Delivery delivery) throws IOException {
    String column = delivery.file().text();
    try (ForeignRows rows = open(file, column)) {
      long record = 0;
      for (Optional<Group> row = next(rows, 0); row.isPresent(); row = next(rows, record)) {
        take(record++, row.get(), column, delivery);
      }
    }
  }

  private static ForeignRows open(Path file, String column) throws IOException {
    try {
      return new ForeignRows(new LocalInputFile(file), column, List.of(URL, LANGUAGE));
    } catch (IOException | RuntimeException broken) {
      throw new BrokenFormat("the Parquet file can not be read: " + broken.getMessage());
    }
  }

  private static Optional<Group> next(ForeignRows rows, long record) throws BrokenFormat {
    try {
      return rows.next();
    } catch (IOException | RuntimeException broken) { // Parquet throws what it meets
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      throw new BrokenFormat(
          "the Parquet file is broken at row " + record + ": " + cause.getMessage());
    }
  }

  private static void take(long record, Group row, String column, Delivery delivery) {
    Optional<byte[]> value = ForeignRows.value(row, column);
    if (value.isEmpty()) {
      delivery.fault(record, "", "no text in the column \"" + column + "\"");
      return;
    }
    delivery
        .decoded(record, value.get(), value.get().length)
        .ifPresent(text -> delivery.text(record, text, word(row, URL), word(row, LANGUAGE)));
  }

  private static @Nullable String word(Group row, String column) {
    return ForeignRows.value(row, column)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse(null);
  }
}
