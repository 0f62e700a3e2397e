package dev.rootstock.preprocess.read;

import dev.rootstock.preprocess.parquet.ForeignRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** Documents of a Parquet file: one a row, its text in the column the source names. */
final class ParquetDocuments {
  private static final String URL = "url";
  private static final String LANGUAGE = "language";

  private ParquetDocuments() {}

  /**
   * Documents of the row groups in the delivery's range.
   *
   * @throws BrokenFormat if the file is no Parquet file, lacks the column, or ends in corruption;
   *     of a file in ranges the first one tells what is wrong with the whole
   */
  static void read(InputFile file, Delivery delivery) throws IOException {
    CorpusFile range = delivery.file();
    try (ForeignRows rows = open(file, range)) {
      for (Optional<Group> row = next(rows); row.isPresent(); row = next(rows)) {
        take(rows.number(), row.get(), range.text(), delivery);
      }
    } catch (NoRows broken) {
      if (range.from() == 0) {
        throw broken;
      }
    }
  }

  /** None of the file's rows can be read. */
  private static final class NoRows extends BrokenFormat {
    private static final long serialVersionUID = 1L;

    NoRows(String why) {
      super("the Parquet file can not be read: " + why);
    }
  }

  private static ForeignRows open(InputFile file, CorpusFile range) throws IOException {
    try {
      return new ForeignRows(file, range.from(), range.to(), range.text(), List.of(URL, LANGUAGE));
    } catch (IOException | RuntimeException broken) {
      StoreInput.failure(broken);
      throw new NoRows(String.valueOf(broken.getMessage()).replace(file + " is", "it is"));
    }
  }

  private static Optional<Group> next(ForeignRows rows) throws IOException {
    try {
      return rows.next();
    } catch (IOException | RuntimeException broken) { // Parquet throws what it meets
      StoreInput.failure(broken);
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      throw new BrokenFormat(
          "the Parquet file is broken at row " + (rows.number() + 1) + ": " + cause.getMessage());
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
