package dev.rootstock.console.data;

import static dev.rootstock.console.data.Html.brief;
import static dev.rootstock.console.data.Html.count;
import static dev.rootstock.console.data.Html.number;
import static dev.rootstock.console.data.Html.safe;

import java.util.List;
import java.util.Map;

/** Drawings in SVG; colours come from the page's classes. */
final class Charts {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 240;
  private static final int LEFT = 52;
  private static final int BOTTOM = 34;
  private static final int TOP = 10;

  private Charts() {}

  /** Documents by length: kept ones below, dropped ones stacked on them. */
  static String lengths(List<Map<?, ?>> buckets) {
    long most = 1;
    for (Map<?, ?> bucket : buckets) {
      most = Math.max(most, at(bucket, "kept") + at(bucket, "dropped"));
    }
    long top = niceTop(most);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg class=\"chart\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT);
    svg.append("\" role=\"img\" aria-label=\"Documents by length in characters\">\n");
    grid(svg, top);
    double step = (double) (WIDTH - LEFT) / Math.max(1, buckets.size());
    double bar = Math.min(34, step * 0.82);
    for (int i = 0; i < buckets.size(); i++) {
      Map<?, ?> bucket = buckets.get(i);
      double x = LEFT + i * step + (step - bar) / 2;
      long kept = at(bucket, "kept");
      long dropped = at(bucket, "dropped");
      svg.append("<g><title>")
          .append(count(at(bucket, "from")))
          .append(" to ")
          .append(count(at(bucket, "to")))
          .append(" characters: ")
          .append(count(kept))
          .append(" kept, ")
          .append(count(dropped))
          .append(" dropped</title>");
      double keptHeight = height(kept, top);
      double droppedHeight = height(dropped, top);
      rectangle(svg, "kept", x, base() - keptHeight, bar, keptHeight);
      rectangle(svg, "lost", x, base() - keptHeight - droppedHeight, bar, droppedHeight);
      svg.append("</g>\n");
    }
    ticks(svg, at(buckets.get(0), "from"), buckets.size(), step);
    return svg.append("</svg>\n").toString();
  }

  /** Round lengths where they lie: a bucket is half a doubling. */
  private static void ticks(StringBuilder svg, long from, int buckets, double step) {
    double first = from == 0 ? -1 : 2 * Math.log(from) / Math.log(2);
    double last = -100;
    for (long decade = 1; decade <= 1_000_000_000_000L; decade *= 10) {
      for (long length : new long[] {decade, 3 * decade}) {
        double x = LEFT + (2 * Math.log(length) / Math.log(2) - first) * step;
        if (x >= LEFT - 1 && x <= LEFT + buckets * step && x - last > 34) {
          svg.append("<line class=\"axis\" x1=\"").append(number(x)).append("\" x2=\"");
          svg.append(number(x)).append("\" y1=\"").append(number(base())).append("\" y2=\"");
          svg.append(number(base() + 5)).append("\"/>");
          text(svg, x, HEIGHT - 14, "middle", brief(length));
          last = x;
        }
      }
    }
  }

  /** A score between 0 and 1, in bins. */
  static String score(String name, List<?> bins) {
    long most = 1;
    for (Object bin : bins) {
      most = Math.max(most, ((Number) bin).longValue());
    }
    int width = 280;
    int height = 90;
    double step = (double) width / Math.max(1, bins.size());
    StringBuilder svg = new StringBuilder();
    svg.append("<svg class=\"small\" viewBox=\"0 0 280 112\" role=\"img\" aria-label=\"")
        .append(safe(name))
        .append("\">\n");
    for (int i = 0; i < bins.size(); i++) {
      double tall = (double) ((Number) bins.get(i)).longValue() * height / most;
      svg.append("<g><title>")
          .append(number((double) i / bins.size()))
          .append(" to ")
          .append(number((i + 1.0) / bins.size()))
          .append(": ")
          .append(count(((Number) bins.get(i)).longValue()))
          .append("</title>");
      rectangle(svg, "kept", i * step + 1, height - tall, step - 2, tall);
      svg.append("</g>");
    }
    svg.append("<line class=\"axis\" x1=\"0\" x2=\"280\" y1=\"90\" y2=\"90\"/>");
    text(svg, 0, 106, "start", "0");
    text(svg, 280, 106, "end", "1");
    return svg.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder svg, long top) {
    for (int line = 0; line <= 4; line++) {
      if (top < 4 && line > 0 && line * top % 4 != 0) {
        continue; // no fractions of a document
      }
      double y = base() - line * (base() - TOP) / 4.0;
      svg.append("<line class=\"")
          .append(line == 0 ? "axis" : "grid")
          .append("\" x1=\"")
          .append(LEFT)
          .append("\" x2=\"")
          .append(WIDTH)
          .append("\" y1=\"")
          .append(number(y))
          .append("\" y2=\"")
          .append(number(y))
          .append("\"/>");
      text(svg, LEFT - 8, y + 4, "end", brief(top * line / 4));
    }
    svg.append('\n');
  }

  private static double base() {
    return HEIGHT - BOTTOM;
  }

  private static double height(long documents, long top) {
    return documents == 0 ? 0 : Math.max(1.5, documents * (base() - TOP) / (double) top);
  }

  /** The next of 1, 2, 4, 6, 8 times a power of ten, so that quarters are round. */
  private static long niceTop(long most) {
    long unit = 1;
    while (unit * 10 < most) {
      unit *= 10;
    }
    for (long factor : new long[] {1, 2, 4, 6, 8, 10}) {
      if (factor * unit >= most) {
        return factor * unit;
      }
    }
    return most;
  }

  private static void rectangle(
      StringBuilder svg, String style, double x, double y, double width, double height) {
    if (height <= 0) {
      return;
    }
    svg.append("<rect class=\"")
        .append(style)
        .append("\" x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" rx=\"1.5\"/>");
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append("<text x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\">")
        .append(safe(words))
        .append("</text>");
  }

  private static long at(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
