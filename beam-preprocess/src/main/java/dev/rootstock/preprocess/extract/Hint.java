package dev.rootstock.preprocess.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * What the names given to an element (class, id, role, itemprop) say of its content. Names are written
 * by people for style sheets: a hint is weighed and never obeyed.
 */
enum Hint {
  NONE,
  /** The body of an article and little else. */
  BODY,
  /** The place where the main content is. */
  MAIN,
  /** What readers wrote below. */
  COMMENTS,
  /** Menus, teasers, shares, notices, advertisements. */
  ASIDE,
  /** What a page keeps from its readers, or shows to some only. */
  HIDDEN,
  /** Questions about cookies and consent, often longer than the article. */
  NOTICE,
  /** Like an aside, unless it reads like prose. */
  LOOSE,
  /** Who wrote it, when, under which heading; captions and credits. */
  ABOUT;

  private static final Set<String> COMMENT =
      Set.of(
          "comment", "comments", "commentlist", "commentarea", "disqus", "respond", "livefyre",
          "kommentare", "kommentar", "commentaires", "comentarios", "spotim", "coral");

  /** Words that name an aside wherever in a name they stand. */
  private static final Set<String> ASIDES =
      Set.of(
          "sidebar", "sidenav", "rail", "related", "recommended", "recommendation",
          "recommendations", "recirc", "recirculation", "trending", "outbrain", "taboola",
          "readmore", "upnext", "mostread", "breadcrumb", "breadcrumbs", "pagination", "pager",
          "paging", "nav", "navbar", "navigation", "menu", "menus", "megamenu", "footer",
          "masthead", "toolbar", "sitemap", "topbar", "share", "sharing", "sharebar",
          "sharedaddy", "sharethis", "addthis", "addtoany", "shares", "socialmedia", 
          
          "newsletter", "newsletters", "subscribe", "subscription", "signup", "optin", "popup",
          "lightbox", "ad", "ads", "advert", "adverts", "advertisement", "advertising", "adsense",
          "adslot", "adbox", "sponsored", "aside", "disclaimer", "disclosure", "pullquote", "dfp", "jetpack", "toc", "playlist", "donate",
          "donation", "cta", "crosslinks");

  /** Words that name what a page must ask before it may begin. */
  private static final Set<String> NOTICES =
      Set.of(
          "cookie", "cookies", "cookiebar", "cookiebanner", "cookieconsent", "consent", "gdpr",
          "dsgvo", "onetrust", "didomi", "usercentrics", "sourcepoint", "ccpa");

  /** Words that name an aside, or as well a part of an article or a builder's brick. */
  private static final Set<String> LOOSE_ASIDES =
      Set.of(
          "widget", "widgets", "popular", "teaser", "teasers", "promo", "promos", "promotion",
          "promoted", "social", "socials", "follow", "login", "modal", "overlay", "sponsor",
          "likes", "banner", "carousel", "poll", "rating", "ratings", "popups", "infobox",
          "callout", "inset");

  /** The same, where a name ends with them. */
  private static final Set<String> LOOSE_ENDS =
      Set.of(
          "header", "skip", "print", "latest", "more", "next", "previous", "prev", "also", "info",
          "download", "downloads", "actions", "tools", "controls", "buttons", "links");

  /** Words that name what is told about an article, where a name ends with them. */
  private static final Set<String> ABOUTS =
      Set.of(
          "byline", "bylines", "author", "authors", "bio", "authorbox", "meta", "metadata", "postmeta",
          "dateline", "timestamp", "date", "time", "tag", "tags", "taglist", "topics", "categories",
          "category", "credit", "credits", "copyright", "caption", "captions", "keywords", "source",
          "views", "published", "updated", "publisher", "kicker", "eyebrow");

  /** Words with which names of what is told about an author end. */
  private static final Set<String> AUTHORS =
      Set.of(
          "info", "box", "bio", "description", "card", "profile", "details", "block", "about",
          "area", "widget", "image");

  /** Whole names, as frameworks have them. */
  private static final Set<String> HIDDENS =
      Set.of(
          "hidden", "hide", "is-hidden", "d-none", "sr-only", "visually-hidden", "visuallyhidden",
          "screen-reader-text", "screen-reader-only", "screenreader", "element-invisible",
          "print-only", "d-print-block", "noscript", "show-for-sr", "offscreen", "a11y-hidden");

  private static final Set<String> NEGATION =
      Set.of("has", "no", "with", "without", "is", "not", "show", "hide", "js", "enable", "enabled");

  private static final Set<String> WHOLE =
      Set.of("article", "entry", "post", "story", "news", "blog", "art");

  private static final Set<String> INNER = Set.of("body", "content", "text", "copy", "bodytext");

  private static final Set<String> BODIES =
      Set.of(
          "articlebody", "entrycontent", "postcontent", "storybody", "articlecontent", "articletext",
          "postbody", "bodycopy", "storytext", "storycontent", "newstext", "reviewbody");

  private static final Set<String> MAINS =
      Set.of("main", "article", "story", "content", "maincontent", "entry", "post", "hentry");

  private static final int LONGEST = 400; // characters of names looked at

  static Hint of(Element element) {
    String tag = element.normalName();
    if (tag.equals("html") || tag.equals("body") || element.attributesSize() == 0) {
      return tag.equals("article") || tag.equals("main") ? MAIN : NONE;
    }
    String property = element.attr("itemprop").toLowerCase(Locale.ROOT);
    if (property.equals("articlebody") || property.equals("reviewbody")) {
      return BODY;
    }
    Hint hint = ofRole(element.attr("role").toLowerCase(Locale.ROOT));
    if (hidden(element)) {
      return HIDDEN;
    }
    for (String name : names(element)) {
      hint = stronger(hint, ofName(words(name)));
    }
    return hint == NONE && (tag.equals("article") || tag.equals("main")) ? MAIN : hint;
  }

  /** Whether attributes or a framework's names say that an element is not to be seen. */
  static boolean hidden(Element element) {
    if (element.attributesSize() == 0) {
      return false;
    }
    String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
    return element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || names(element).stream().anyMatch(HIDDENS::contains);
  }

  private static Hint ofRole(String role) {
    return switch (role) {
      case "main", "article" -> MAIN;
      case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert",
          "menu", "menubar", "alertdialog", "toolbar", "tooltip" -> ASIDE;
      default -> NONE;
    };
  }

  private static List<String> names(Element element) {
    String all = element.className() + ' ' + element.id();
    return List.of(all.substring(0, Math.min(all.length(), LONGEST)).strip().split("\\s+"));
  }

  private static Hint stronger(Hint one, Hint other) {
    if (one == NONE || other == BODY) {
      return other == NONE ? one : other;
    }
    return one == MAIN && other != NONE ? other : one;
  }

  private static Hint ofName(List<String> words) {
    if (words.isEmpty()) {
      return NONE;
    }
    for (int i = 0; i < words.size(); i++) {
      if (NEGATION.contains(words.get(i))) {
        return NONE;
      }
    }
    String last = words.get(words.size() - 1);
    for (String word : words) {
      if (COMMENT.contains(word)) {
        return COMMENTS;
      }
      if (NOTICES.contains(word)) {
        return NOTICE;
      }
      if (ASIDES.contains(word)) {
        return ASIDE;
      }
    }
    if (words.contains("author") && AUTHORS.contains(last)) {
      return ABOUT;
    }
    if (LOOSE_ENDS.contains(last) || words.stream().anyMatch(LOOSE_ASIDES::contains)) {
      return LOOSE;
    }
    if (ABOUTS.contains(last)) {
      return ABOUT;
    }
    boolean whole = words.stream().anyMatch(WHOLE::contains);
    if (BODIES.contains(last) || whole && INNER.contains(last)) {
      return BODY;
    }
    return MAINS.contains(last) ? MAIN : NONE;
  }

  /** Parts of a name in lower case: at hyphens, underscores, digits and inner capitals. */
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean ends = i == name.length() || !Character.isLetter(name.charAt(i));
      boolean hump =
          !ends
              && i > start
              && Character.isUpperCase(name.charAt(i))
              && Character.isLowerCase(name.charAt(i - 1));
      if (ends || hump) {
        if (i > start) {
          words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = ends ? i + 1 : i;
      }
    }
    return words;
  }
}
