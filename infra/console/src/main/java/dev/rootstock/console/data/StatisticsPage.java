package dev.rootstock.console.data;

import static dev.rootstock.console.data.Html.bytes;
import static dev.rootstock.console.data.Html.count;
import static dev.rootstock.console.data.Html.number;
import static dev.rootstock.console.data.Html.safe;
import static dev.rootstock.console.data.Html.share;

import dev.rootstock.contract.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a corpus, as one page that needs nothing else: no scripts, no other files. Reads
 * {@code statistics.json} as FORMATS.md has it; what is not in it is left out.
 */
public final class StatisticsPage {
  private static final int COLOURS = 8;

  private final StringBuilder page = new StringBuilder();
  private final Map<String, Object> statistics;
  private final long in;
  private final long kept;

  private StatisticsPage(Map<String, Object> statistics) {
    this.statistics = statistics;
    this.in = at(statistics, "in");
    this.kept = at(statistics, "kept");
  }

  /**
   * The page.
   *
   * @param title what the documents are called
   */
  public static String of(String title, Map<String, Object> statistics) {
    StatisticsPage made = new StatisticsPage(statistics);
    made.head(title);
    made.tiles();
    made.outcome();
    made.lengths();
    made.rules();
    made.sources();
    made.languages();
    made.scores();
    made.happened();
    made.foot();
    return made.page.toString();
  }

  private void head(String title) {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    page.append("style-src 'unsafe-inline'\">\n<title>").append(safe(title));
    page.append(" · documents</title>\n<style>\n").append(PageStyle.CSS);
    page.append("</style>\n</head>\n<body>\n<main>\n");
    page.append("<p class=\"eyebrow\">Rootstock · what became of a corpus</p>\n<h1>")
        .append(safe(title))
        .append("</h1>\n");
    page.append("<p class=\"lead\">")
        .append(count(in))
        .append(" documents were read; ")
        .append(count(kept))
        .append(" of them are kept, ")
        .append(share(kept, in))
        .append(".</p>\n");
  }

  private void tiles() {
    page.append("<div class=\"tiles\">\n");
    tile(count(kept), "documents kept");
    tile(count(in - kept), "documents dropped");
    tile(bytes(at(statistics, "bytesKept")), "of text kept");
    tile(bytes(at(statistics, "bytesIn")), "of text read");
    if (at(statistics, "validation") > 0) {
      tile(count(at(statistics, "validation")), "held out to measure on");
    }
    long tokens = rows("sources").stream().mapToLong(source -> at(source, "tokens")).sum();
    if (tokens > 0) {
      tile(count(tokens), "tokens");
    }
    page.append("</div>\n");
  }

  private void tile(String figure, String words) {
    page.append("<div class=\"tile\"><b>").append(figure).append("</b><span>");
    page.append(words).append("</span></div>\n");
  }

  private void outcome() {
    List<Map.Entry<String, Long>> reasons = reasons();
    page.append("<h2>What became of them</h2>\n<div class=\"card\">\n<div class=\"stack\">");
    piece("kept", kept);
    for (int i = 0; i < reasons.size(); i++) {
      piece(colour(i), reasons.get(i).getValue());
    }
    page.append("</div>\n<ul class=\"legend\">\n");
    legend("<i class=\"kept\"></i>", "kept", kept);
    for (int i = 0; i < reasons.size(); i++) {
      legend(
          "<i style=\"background:" + colour(i) + "\"></i>",
          reasons.get(i).getKey(),
          reasons.get(i).getValue());
    }
    page.append("</ul>\n</div>\n");
  }

  private List<Map.Entry<String, Long>> reasons() {
    List<Map.Entry<String, Long>> reasons = new ArrayList<>();
    if (statistics.get("dropped") instanceof Map<?, ?> dropped) {
      dropped.forEach(
          (reason, documents) ->
              reasons.add(Map.entry((String) reason, ((Number) documents).longValue())));
    }
    reasons.sort((a, b) -> Long.compare(b.getValue(), a.getValue())); // stable
    return reasons;
  }

  private static String colour(int index) {
    return "var(--r" + index % COLOURS + ")";
  }

  private void piece(String colour, long documents) {
    if (documents > 0) {
      String background = colour.startsWith("var") ? colour : "var(--" + colour + ")";
      page.append("<i style=\"flex:")
          .append(documents)
          .append(" 1 0;background:")
          .append(background)
          .append("\"></i>");
    }
  }

  private void legend(String mark, String name, long documents) {
    page.append("<li>")
        .append(mark)
        .append(safe(name))
        .append(" <span>")
        .append(count(documents))
        .append(", ")
        .append(share(documents, in))
        .append("</span></li>\n");
  }

  private void lengths() {
    if (rows("lengths").isEmpty()) {
      return;
    }
    page.append("<h2>How long they are, in characters</h2>\n<div class=\"card\">\n");
    page.append("<div class=\"wide\">").append(Charts.lengths(rows("lengths"))).append("</div>\n");
    page.append("<ul class=\"legend\"><li><i class=\"kept\"></i>kept</li>");
    page.append("<li><i class=\"lost\"></i>dropped</li></ul>\n</div>\n");
  }

  private void rules() {
    if (rows("rules").isEmpty()) {
      return;
    }
    page.append("<h2>Why documents were dropped</h2>\n");
    page.append("<p class=\"note\">The first rule that objects gives the reason. ");
    page.append("Open one for examples: those with the least ids.</p>\n");
    Map<String, String> colours = new HashMap<>();
    for (Map.Entry<String, Long> reason : reasons()) {
      colours.put(reason.getKey(), colour(colours.size()));
    }
    for (Map<?, ?> rule : rows("rules")) {
      long documents = at(rule, "documents");
      page.append("<details>\n<summary><b><i style=\"background:");
      page.append(colours.getOrDefault(String.valueOf(rule.get("reason")), "var(--lost)"));
      page.append("\"></i>").append(word(rule, "reason")).append("</b>");
      page.append("<span class=\"rule\">").append(word(rule, "rule")).append("</span>");
      page.append("<span class=\"n\">").append(count(documents)).append("</span>");
      page.append("<span class=\"n p\">")
          .append(share(documents, in))
          .append("</span></summary>\n");
      for (Map<?, ?> example : maps(rule.get("examples"))) {
        page.append("<div class=\"example\"><div class=\"where\"><b>");
        page.append(word(example, "source")).append("</b> · ").append(word(example, "detail"));
        page.append("</div><p dir=\"auto\">").append(word(example, "text")).append("</p></div>\n");
      }
      page.append("</details>\n");
    }
  }

  private void sources() {
    List<Map<?, ?>> sources = rows("sources");
    if (sources.isEmpty()) {
      return;
    }
    boolean tokens = sources.stream().anyMatch(source -> at(source, "tokens") > 0);
    page.append("<h2>By source</h2>\n<div class=\"card wide\"><table>\n<thead><tr>");
    page.append("<th class=\"t\">source</th><th class=\"t\">licence</th><th>files</th>");
    outcomeHead();
    page.append(tokens ? "<th>tokens</th>" : "").append("</tr></thead>\n<tbody>\n");
    for (Map<?, ?> source : sources) {
      String name =
          source.containsKey("name") ? word(source, "name") : "source " + at(source, "source");
      page.append("<tr><td class=\"t\">").append(name).append("</td><td class=\"t\">");
      page.append(source.containsKey("licence") ? word(source, "licence") : "–");
      page.append("</td><td>").append(count(at(source, "files"))).append("</td>");
      outcomeCells(source);
      page.append(tokens ? "<td>" + count(at(source, "tokens")) + "</td>" : "").append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private void languages() {
    if (rows("languages").isEmpty()) {
      return;
    }
    page.append("<h2>By language</h2>\n<div class=\"card wide\"><table>\n<thead><tr>");
    page.append("<th class=\"t\">language</th>");
    outcomeHead();
    page.append("</tr></thead>\n<tbody>\n");
    for (Map<?, ?> language : rows("languages")) {
      String name = word(language, "language");
      page.append("<tr><td class=\"t\">").append(name.equals("und") ? "not known" : name);
      page.append("</td>");
      outcomeCells(language);
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private void outcomeHead() {
    page.append("<th>read</th><th>kept</th><th class=\"t\"></th><th>share</th><th>text kept</th>");
  }

  private void outcomeCells(Map<?, ?> row) {
    long all = at(row, "in");
    long good = at(row, "kept");
    page.append("<td>").append(count(all)).append("</td><td>").append(count(good));
    page.append("</td><td class=\"bar\"><div class=\"track\"><i class=\"kept\" style=\"width:");
    page.append(number(all == 0 ? 0 : 100.0 * good / all)).append("%\"></i></div></td><td>");
    page.append(share(good, all)).append("</td><td>").append(bytes(at(row, "bytesKept")));
    page.append("</td>");
  }

  private void scores() {
    if (!(statistics.get("scores") instanceof Map<?, ?> scores) || scores.isEmpty()) {
      return;
    }
    page.append("<h2>Scores</h2>\n<div class=\"scores\">\n");
    scores.forEach(
        (name, value) -> {
          Map<?, ?> score = (Map<?, ?>) value;
          long documents = at(score, "documents");
          double mean = documents == 0 ? 0 : at(score, "sumOfThousandths") / 1000.0 / documents;
          page.append("<div class=\"card\"><h3>").append(safe((String) name));
          page.append(" <span>mean ").append(number(mean)).append("</span></h3>");
          page.append(Charts.score((String) name, (List<?>) score.get("bins"))).append("</div>\n");
        });
    page.append("</div>\n");
  }

  private void happened() {
    numbers("Changed within documents", "happened");
    numbers("Records without a document", "skipped");
  }

  private void numbers(String title, String key) {
    if (!(statistics.get(key) instanceof Map<?, ?> numbers) || numbers.isEmpty()) {
      return;
    }
    page.append("<h2>").append(title).append("</h2>\n<div class=\"card wide\"><table>\n<tbody>\n");
    numbers.forEach(
        (what, times) ->
            page.append("<tr><td class=\"t\">")
                .append(safe((String) what))
                .append("</td><td>")
                .append(count(((Number) times).longValue()))
                .append("</td></tr>\n"));
    page.append("</tbody>\n</table></div>\n");
  }

  private void foot() {
    page.append("<footer>");
    if (statistics.get("prepared") instanceof Map<?, ?> prepared) {
      page.append("Documents <code>").append(word(prepared, "documents")).append("</code>");
      if (prepared.get("cleaning") instanceof Map<?, ?> cleaning) {
        page.append(", cleaned with ")
            .append(
                cleaning.entrySet().stream()
                    .map(each -> safe(each.getKey() + " " + Json.line(each.getValue())))
                    .collect(Collectors.joining(", ")));
      }
      page.append(". ");
    }
    page.append("Made by Rootstock; the same figures are in <code>statistics.json</code>.");
    page.append("</footer>\n</main>\n</body>\n</html>\n");
  }

  private List<Map<?, ?>> rows(String key) {
    return maps(statistics.get(key));
  }

  private static List<Map<?, ?>> maps(Object value) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(each -> maps.add((Map<?, ?>) each));
    }
    return maps;
  }

  private static String word(Map<?, ?> map, String key) {
    return safe(String.valueOf(map.get(key)));
  }

  private static long at(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
