package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Documents of a table with a header: one a row, its text in the column the source names. */
final class TableDocuments {
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}0-9_ -]{0,39}");

  private final TableRows rows;
  private final Delivery delivery;
  private final String column;
  private final boolean commas;
  private List<String> header = List.of();

  TableDocuments(InputStream text, Delivery delivery) throws IOException {
    this.commas = delivery.file().format() == CorpusSpec.Format.CSV;
    this.rows = new TableRows(text, commas ? ',' : '\t');
    this.delivery = delivery;
    this.column = delivery.file().text();
  }

  /**
   * @throws BrokenFormat if the table lacks the column
   */
  void read() throws IOException {
    if (!rows.next()) {
      return;
    }
    if (!rows.fault().isEmpty()) {
      throw new BrokenFormat("the table's header has " + rows.fault());
    }
    header = names();
    if (commas && !header.contains(column)) {
      List<String> byCommas = header;
      rows.delimiter(';'); // of spreadsheets where the comma is a decimal point
      header = names();
      header = header.contains(column) ? header : byCommas;
    }
    if (!header.contains(column)) {
      throw new BrokenFormat(
          "the table has no column \""
              + column
              + "\" but "
              + told()
              + "; name the one that holds the text (text: …)");
    }
    while (rows.next()) {
      row(rows.ordinal() - 1);
    }
  }

  private List<String> names() {
    return rows.cells().stream().map(cell -> new String(cell, StandardCharsets.UTF_8)).toList();
  }

  /** The columns' names, unless they are a row of someone's data. */
  private String told() {
    return header.stream().allMatch(name -> NAME.matcher(name).matches())
        ? String.join(", ", header)
        : header.size() + " columns, of which some have no plain name: is the header missing?";
  }

  private void row(long record) {
    if (!rows.fault().isEmpty()) {
      delivery.fault(record, rows.bytes(), rows.fault());
      return;
    }
    List<byte[]> cells = rows.cells();
    if (cells.size() != header.size()) {
      delivery.fault(
          record, rows.bytes(), cells.size() + " cells; the header has " + header.size());
      return;
    }
    byte[] cell = cells.get(header.indexOf(column));
    Optional<String> text = delivery.decoded(record, cell, cell.length);
    text.ifPresent(
        words -> delivery.text(record, words, word(cells, "url"), word(cells, "language")));
  }

  private @Nullable String word(List<byte[]> cells, String name) {
    int index = header.indexOf(name);
    return index < 0 ? null : new String(cells.get(index), StandardCharsets.UTF_8);
  }
}
