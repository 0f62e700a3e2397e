package dev.rootstock.preprocess.extract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Reads hints from the elements of one page, whose names repeat. Not thread-safe. */
final class Hints {
  private static final int LONGEST = 400; // characters of names looked at

  /** Whole names, as frameworks have them. */
  private static final Set<String> HIDDENS =
      Set.of(
          "hidden",
          "hide",
          "is-hidden",
          "d-none",
          "sr-only",
          "visually-hidden",
          "visuallyhidden",
          "screen-reader-text",
          "screen-reader-only",
          "screenreader",
          "element-invisible",
          "print-only",
          "d-print-block",
          "noscript",
          "show-for-sr",
          "offscreen",
          "a11y-hidden");

  private final Map<String, Hint> known = new HashMap<>();

  Hint of(Element element) {
    String tag = element.normalName();
    Hint plain = tag.equals("article") || tag.equals("main") ? Hint.MAIN : Hint.NONE;
    if (element.attributesSize() == 0 || tag.equals("html") || tag.equals("body")) {
      return plain;
    }
    if (hidden(element)) {
      return Hint.HIDDEN;
    }
    String property = element.attr("itemprop").toLowerCase(Locale.ROOT);
    if (property.equals("articlebody") || property.equals("reviewbody")) {
      return Hint.BODY;
    }
    Hint hint = stronger(ofRole(element.attr("role")), ofNames(element));
    return hint == Hint.NONE ? plain : hint;
  }

  private static boolean hidden(Element element) {
    if (element.hasAttr("hidden") || element.attr("aria-hidden").equals("true")) {
      return true;
    }
    String style = element.attr("style");
    if (style.isEmpty()) {
      return false;
    }
    String plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
    return plain.contains("display:none") || plain.contains("visibility:hidden");
  }

  private static Hint ofRole(String role) {
    return switch (role.toLowerCase(Locale.ROOT)) {
      case "main", "article" -> Hint.MAIN;
      case "navigation",
              "banner",
              "contentinfo",
              "complementary",
              "search",
              "dialog",
              "alert",
              "menu",
              "menubar",
              "alertdialog",
              "toolbar",
              "tooltip" ->
          Hint.ASIDE;
      default -> Hint.NONE;
    };
  }

  private Hint ofNames(Element element) {
    String names = element.attr("class") + ' ' + element.attr("id");
    if (names.length() == 1) {
      return Hint.NONE;
    }
    return known.computeIfAbsent(
        names.length() > LONGEST ? names.substring(0, LONGEST) : names, Hints::ofAll);
  }

  private static Hint ofAll(String names) {
    Hint hint = Hint.NONE;
    for (String name : names.strip().split("\\s+")) {
      if (HIDDENS.contains(name)) {
        return Hint.HIDDEN;
      }
      hint = stronger(hint, NameWords.hint(name));
    }
    return hint;
  }

  /** A body's name outdoes all others; of the rest the first, but for a mere place. */
  private static Hint stronger(Hint one, Hint other) {
    if (one == Hint.NONE || other == Hint.BODY) {
      return other == Hint.NONE ? one : other;
    }
    return one == Hint.MAIN && other != Hint.NONE ? other : one;
  }
}
