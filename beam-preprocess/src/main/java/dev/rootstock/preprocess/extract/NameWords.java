package dev.rootstock.preprocess.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of which people make names for style sheets, and what a name made of them hints at. */
final class NameWords {
  private static final Set<String> COMMENT =
      set(
          "comment comments commentlist commentarea disqus respond livefyre kommentare "
              + "kommentar commentaires comentarios spotim coral");

  /** Words that name an aside wherever in a name they stand. */
  private static final Set<String> ASIDES =
      set(
          "sidebar sidenav rail related recommended recommendation recommendations recirc "
              + "recirculation trending outbrain taboola readmore upnext mostread breadcrumb "
              + "breadcrumbs pagination pager paging nav navbar navigation menu menus megamenu "
              + "footer masthead toolbar sitemap topbar share sharing sharebar sharedaddy "
              + "sharethis addthis addtoany shares socialmedia newsletter newsletters subscribe "
              + "subscription signup optin popup lightbox ad ads advert adverts advertisement "
              + "advertising adsense adslot adbox sponsored aside disclaimer disclosure pullquote "
              + "dfp jetpack toc playlist donate donation cta crosslinks");

  /** Words that name what a page must ask before it may begin. */
  private static final Set<String> NOTICES =
      set(
          "cookie cookies cookiebar cookiebanner cookieconsent consent gdpr dsgvo onetrust "
              + "didomi usercentrics sourcepoint ccpa");

  /** Words that name an aside, or as well a part of an article or a builder's brick. */
  private static final Set<String> LOOSE_ASIDES =
      set(
          "widget widgets popular teaser teasers promo promos promotion promoted social "
              + "socials follow login modal overlay sponsor likes banner carousel poll rating "
              + "ratings popups infobox callout inset");

  /** The same, where a name ends with them. */
  private static final Set<String> LOOSE_ENDS =
      set(
          "header skip print latest more next previous prev also info download downloads "
              + "actions tools controls buttons links");

  /** Words that name what is told about an article, where a name ends with them. */
  private static final Set<String> ABOUTS =
      set(
          "byline bylines author authors bio authorbox meta metadata postmeta dateline "
              + "timestamp date time tag tags taglist topics categories category credit credits "
              + "copyright caption captions keywords source views published updated publisher "
              + "kicker eyebrow");

  /** Words with which names of what is told about an author end. */
  private static final Set<String> AUTHORS =
      set("info box bio description card profile details block about area widget image");

  /** Words that turn a name about an element's content into one about its state. */
  private static final Set<String> NEGATION =
      set("has no with without is not show hide js enable enabled");

  /** A word of these, and one of {@link #INNER} at the end, make a body. */
  private static final Set<String> WHOLE = set("article entry post story news blog art");

  private static final Set<String> INNER = set("body content text copy bodytext");

  private static final Set<String> BODIES =
      set(
          "articlebody entrycontent postcontent storybody articlecontent articletext "
              + "postbody bodycopy storytext storycontent newstext reviewbody");

  private static final Set<String> MAINS =
      set("main article story content maincontent entry post hentry");

  private NameWords() {}

  private static Set<String> set(String words) {
    return Set.of(words.split(" "));
  }

  /** What one name says. */
  static Hint hint(String name) {
    List<String> words = words(name);
    if (words.isEmpty() || words.stream().anyMatch(NEGATION::contains)) {
      return Hint.NONE;
    }
    String last = words.get(words.size() - 1);
    for (String word : words) {
      if (COMMENT.contains(word)) {
        return Hint.COMMENTS;
      }
      if (NOTICES.contains(word)) {
        return Hint.NOTICE;
      }
      if (ASIDES.contains(word)) {
        return Hint.ASIDE;
      }
    }
    if (words.contains("author") && AUTHORS.contains(last)) {
      return Hint.ABOUT;
    }
    if (LOOSE_ENDS.contains(last) || words.stream().anyMatch(LOOSE_ASIDES::contains)) {
      return Hint.LOOSE;
    }
    if (ABOUTS.contains(last)) {
      return Hint.ABOUT;
    }
    boolean whole = words.stream().anyMatch(WHOLE::contains);
    if (BODIES.contains(last) || whole && INNER.contains(last)) {
      return Hint.BODY;
    }
    return MAINS.contains(last) ? Hint.MAIN : Hint.NONE;
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
