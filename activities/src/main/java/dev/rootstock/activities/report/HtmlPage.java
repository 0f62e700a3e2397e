package dev.rootstock.activities.report;

import java.util.List;

/** A report as one page that needs nothing else. */
final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
      th:first-child, td:first-child { text-align: left; }
      .wide { overflow-x: auto; }
      """;

  private HtmlPage() {}

  static String of(String title, List<Section> sections) {
    StringBuilder page =
        new StringBuilder(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(safe(title));
    page.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<h1>");
    page.append(safe(title)).append("</h1>\n");
    for (Section section : sections) {
      page.append("<h2>").append(safe(section.title())).append("</h2>\n");
      section
          .sentences()
          .forEach(sentence -> page.append("<p>").append(safe(sentence)).append("</p>\n"));
      if (!section.rows().isEmpty()) {
        page.append("<div class=\"wide\"><table>\n<thead>");
        row(page, section.columns(), "th");
        page.append("</thead>\n<tbody>\n");
        section.rows().forEach(cells -> row(page, cells, "td"));
        page.append("</tbody>\n</table></div>\n");
      }
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void row(StringBuilder page, List<String> cells, String tag) {
    page.append("<tr>");
    cells.forEach(
        cell ->
            page.append('<')
                .append(tag)
                .append('>')
                .append(safe(cell))
                .append("</")
                .append(tag)
                .append('>'));
    page.append("</tr>\n");
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
