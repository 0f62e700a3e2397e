package dev.rootstock.contract.task;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a delimited file. Commas: RFC 4180, a quoted field may hold commas, doubled quotes and
 * line breaks. Tabs: a field is taken as it stands, unless it begins and ends with a quote, for
 * many such files never quote.
 */
final class Table {
  /** A record and the line it begins on, from 1. */
  record Line(List<String> fields, long number) {}

  private final String text;
  private final char delimiter;
  private final String file;
  private int at;
  private long line = 1;

  private Table(String text, char delimiter, String file) {
    this.text = text;
    this.delimiter = delimiter;
    this.file = file;
  }

  /** All records, blank lines left out. */
  static List<Line> read(String text, char delimiter, String file) {
    Table table = new Table(text, delimiter, file);
    List<Line> lines = new ArrayList<>();
    while (table.at < text.length()) {
      long begin = table.line;
      List<String> fields = table.record();
      if (fields.size() > 1 || !fields.get(0).isBlank()) {
        lines.add(new Line(fields, begin));
      }
    }
    return lines;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(field());
      if (at >= text.length()) {
        return fields;
      }
      char end = text.charAt(at++);
      if (end != delimiter) {
        if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
          at++;
        }
        line++;
        return fields;
      }
    }
  }

  private String field() {
    if (at < text.length() && text.charAt(at) == '"' && (delimiter == ',' || quotedToItsEnd())) {
      return quoted();
    }
    int begin = at;
    while (at < text.length() && !ends(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private boolean ends(char c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  private boolean quotedToItsEnd() {
    int end = at;
    while (end < text.length() && !ends(text.charAt(end))) {
      end++;
    }
    String field = text.substring(at, end);
    return field.length() > 1
        && field.endsWith("\"")
        && !field.substring(1, field.length() - 1).replace("\"\"", "").contains("\"");
  }

  private String quoted() {
    long begin = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw new InvalidConfig(
            Problem.of(
                file + " line " + begin,
                "a quote that is never closed",
                "closed by another quote"));
      }
      char c = text.charAt(at++);
      if (c != '"') {
        line += c == '\n' ? 1 : 0;
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        break;
      }
    }
    if (at < text.length() && !ends(text.charAt(at))) {
      throw new InvalidConfig(
          Problem.of(
              file + " line " + line,
              "\"" + text.charAt(at) + "\" after a closing quote",
              "a delimiter or the line's end there",
              "Double the quotes inside a quoted field"));
    }
    return field.toString();
  }
}
