package dev.rootstock.preprocess.extract;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a page declares of itself. */
final class PageFacts {
  private static final Pattern TAG = Pattern.compile("[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}");

  private PageFacts() {}

  /** The article's title, else the only first-rank heading, else the page's title. */
  static @Nullable String title(Document page) {
    String shared = meta(page, "property", "og:title");
    if (!shared.isEmpty()) {
      return shared;
    }
    var headings = page.getElementsByTag("h1");
    String heading = headings.size() == 1 ? headings.get(0).text().strip() : "";
    if (!heading.isEmpty()) {
      return heading;
    }
    String title = page.title().strip();
    return title.isEmpty() ? null : title;
  }

  /** The language declared on the root, in a header's stead, or to networks. */
  static @Nullable String language(Document page) {
    Element root = page.getElementsByTag("html").first();
    for (String found :
        new String[] {
          root == null ? "" : root.attr("lang"),
          root == null ? "" : root.attr("xml:lang"),
          meta(page, "http-equiv", "content-language"),
          meta(page, "property", "og:locale")
        }) {
      String tag = found.strip().toLowerCase(Locale.ROOT).replace('_', '-');
      if (TAG.matcher(tag).matches()) {
        return tag;
      }
    }
    return null;
  }

  private static String meta(Document page, String key, String name) {
    for (Element meta : page.getElementsByTag("meta")) {
      if (meta.attr(key).equalsIgnoreCase(name)) {
        return meta.attr("content").strip();
      }
    }
    return "";
  }
}
