package dev.rootstock.activities.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown. */
final class MarkdownPage {
  private MarkdownPage() {}

  static String of(String title, List<Section> sections) {
    StringBuilder page = new StringBuilder("# ").append(title).append("\n");
    for (Section section : sections) {
      page.append("\n## ").append(section.title()).append("\n");
      for (String sentence : section.sentences()) {
        page.append("\n").append(sentence).append("\n");
      }
      if (!section.rows().isEmpty()) {
        page.append("\n").append(row(section.columns()));
        page.append("|---").append("|---:".repeat(section.columns().size() - 1)).append("|\n");
        section.rows().forEach(cells -> page.append(row(cells)));
      }
    }
    return page.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream()
            .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
            .collect(Collectors.joining(" | ", "| ", " |"))
        + "\n";
  }
}
