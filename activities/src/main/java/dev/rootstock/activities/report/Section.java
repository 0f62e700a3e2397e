package dev.rootstock.activities.report;

import java.util.List;

/**
 * A part of a report: some sentences and a table. Either may be empty.
 *
 * @param columns the first names the row, the others hold figures
 */
record Section(
    String title, List<String> sentences, List<String> columns, List<List<String>> rows) {
  Section {
    sentences = List.copyOf(sentences);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
