package dev.rootstock.console.cli;

import static dev.rootstock.console.data.Html.share;

import dev.rootstock.console.Preparation;
import dev.rootstock.contract.engine.Looked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Documents and their statistics as a terminal shows them. */
final class DataTables {
  private static final int BAR = 40; // columns
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private DataTables() {}

  /** What {@code data prepare -o json} writes. */
  static Map<String, Object> whole(Preparation.Prepared prepared) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("folder", prepared.folder().toString());
    whole.put("documents", prepared.documents());
    whole.put("reused", prepared.reused());
    whole.put("files", prepared.files());
    whole.put("bytes", prepared.bytes());
    whole.put("seconds", prepared.seconds());
    whole.put("megabytesPerSecond", speed(prepared));
    whole.put("statistics", prepared.statistics());
    return whole;
  }

  private static double speed(Preparation.Prepared prepared) {
    return prepared.bytes() / 1e6 / Math.max(1e-3, prepared.seconds());
  }

  static String of(Preparation.Prepared prepared) {
    String how =
        prepared.reused()
            ? "found in the store, nothing was read again"
            : "in "
                + Figures.seconds(prepared.seconds())
                + ", "
                + Figures.count(1e6 * speed(prepared))
                + "B/s";
    return outcome(prepared.statistics())
        + "\n"
        + String.format(
            Locale.ROOT,
            "%,d files, %sB: %s%n",
            prepared.files(),
            Figures.count(prepared.bytes()),
            how)
        + prepared.folder()
        + "\n  documents/  dropped/  statistics.json  statistics.html\n";
  }

  private static String outcome(Map<String, Object> statistics) {
    long in = at(statistics, "in");
    Table table = new Table("outcome", "documents", "share");
    table.row("kept", count(at(statistics, "kept")), share(at(statistics, "kept"), in));
    if (statistics.get("dropped") instanceof Map<?, ?> dropped) {
      dropped.forEach(
          (reason, n) ->
              table.row(
                  reason, count(((Number) n).longValue()), share(((Number) n).longValue(), in)));
    }
    return table.row("in", count(in), "").toString();
  }

  /** Statistics in four tables and a histogram. */
  static String of(Map<String, Object> statistics) {
    StringBuilder out = new StringBuilder(outcome(statistics));
    if (!rows(statistics, "rules").isEmpty()) {
      Table rules = new Table("rule", "reason", "documents", "bytes");
      rows(statistics, "rules")
          .forEach(
              rule ->
                  rules.row(
                      rule.get("rule"),
                      rule.get("reason"),
                      count(at(rule, "documents")),
                      Figures.count(at(rule, "bytes"))));
      out.append('\n').append(rules);
    }
    outcomes(out, "language", rows(statistics, "languages"));
    outcomes(out, "source", rows(statistics, "sources"));
    numbers(out, "changed within documents", statistics.get("happened"));
    numbers(out, "records without a document", statistics.get("skipped"));
    lengths(out, rows(statistics, "lengths"));
    return out.toString();
  }

  private static void outcomes(StringBuilder out, String what, List<Map<?, ?>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    boolean tokens = rows.stream().anyMatch(row -> row.containsKey("tokens"));
    List<String> head = new ArrayList<>(List.of(what, "in", "kept", "share", "bytes kept"));
    if (what.equals("source")) {
      head.add("licence");
    }
    if (tokens) {
      head.add("tokens");
    }
    Table table = new Table(head.toArray(String[]::new));
    for (Map<?, ?> row : rows) {
      List<Object> cells = new ArrayList<>();
      cells.add(plain(String.valueOf(row.containsKey("name") ? row.get("name") : row.get(what))));
      cells.add(count(at(row, "in")));
      cells.add(count(at(row, "kept")));
      cells.add(share(at(row, "kept"), at(row, "in")));
      cells.add(Figures.count(at(row, "bytesKept")));
      if (what.equals("source")) {
        cells.add(row.containsKey("licence") ? plain(String.valueOf(row.get("licence"))) : "-");
      }
      if (tokens) {
        cells.add(count(at(row, "tokens")));
      }
      table.row(cells.toArray());
    }
    out.append('\n').append(table);
  }

  private static void numbers(StringBuilder out, String title, Object numbers) {
    if (numbers instanceof Map<?, ?> map && !map.isEmpty()) {
      Table table = new Table(title, "times");
      map.forEach((what, times) -> table.row(what, count(((Number) times).longValue())));
      out.append('\n').append(table);
    }
  }

  private static void lengths(StringBuilder out, List<Map<?, ?>> buckets) {
    long most = 1;
    for (Map<?, ?> bucket : buckets) {
      most = Math.max(most, at(bucket, "kept") + at(bucket, "dropped"));
    }
    if (buckets.isEmpty()) {
      return;
    }
    Table table = new Table("characters", "kept", "dropped", "");
    for (Map<?, ?> bucket : buckets) {
      table.row(
          Figures.count(at(bucket, "from")) + " –",
          count(at(bucket, "kept")),
          count(at(bucket, "dropped")),
          bar(at(bucket, "kept"), at(bucket, "dropped"), most));
    }
    out.append('\n').append(table);
  }

  /** Full blocks for what is kept, shaded ones for what is dropped. */
  private static String bar(long kept, long dropped, long most) {
    double whole = (double) kept * BAR / most;
    int eighths = (int) Math.round((whole - Math.floor(whole)) * 8) % 8;
    String end = kept > 0 && eighths > 0 ? EIGHTHS.substring(eighths, eighths + 1) : "";
    int shaded = dropped == 0 ? 0 : (int) Math.max(1, Math.round((double) dropped * BAR / most));
    return "█".repeat((int) whole) + end + "░".repeat(shaded);
  }

  /** A paragraph a document. */
  static String of(Looked looked, Terminal terminal) {
    StringBuilder out = new StringBuilder();
    for (Map<String, Object> row : looked.rows()) {
      out.append(terminal.bold(plain(String.valueOf(row.get("source")))));
      for (String column : List.of("reason", "rule", "language", "licence", "url")) {
        if (row.containsKey(column)) {
          out.append("  ").append(plain(String.valueOf(row.get(column))));
        }
      }
      out.append(
          String.format(
              Locale.ROOT, "  %,d characters%n", ((Number) row.get("characters")).longValue()));
      if (row.containsKey("detail")) {
        out.append("  ").append(plain(String.valueOf(row.get("detail")))).append('\n');
      }
      out.append("  ").append(plain(String.valueOf(row.get("text")))).append("\n\n");
    }
    return out.toString();
  }

  /** In one line, and without what would steer a terminal. */
  private static String plain(String text) {
    return text.strip()
        .replaceAll("\\s+", " ")
        .replaceAll("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]", "�");
  }

  private static List<Map<?, ?>> rows(Map<String, Object> statistics, String key) {
    List<Map<?, ?>> rows = new ArrayList<>();
    if (statistics.get(key) instanceof List<?> list) {
      list.forEach(each -> rows.add((Map<?, ?>) each));
    }
    return rows;
  }

  private static long at(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
