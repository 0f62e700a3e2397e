package dev.rootstock.preprocess.extract;

import java.util.regex.Pattern;

/**
 * Short notes that stand among paragraphs and are known by how they begin or end, not by their
 * place.
 */
final class Phrases {
  private static final int LONGEST = 300; // size of a note; only its first characters are looked at
  private static final int LINE = 150; // size of a pointer to another page

  private static final Pattern NOTE =
      start(
          "©|copyright\\b|\\(c\\) ?\\d{4}|all rights reserved"
              + "|\\(?(?:additional )?(?:reporting|writing|editing) by (?-i:\\p{Lu})"
              + "|\\(?(?:photo|image|picture|foto|bild|fotos|photos|video)s?(?: credits?| courtesy)?"
              + "(?: ?[:/©]| by | courtesy )"
              + "|(?:this (?:post|article|page) (?:contains|may contain) affiliate)"
              + "|sign up (?:for|to) (?:our|the)\\b|subscribe to (?:our|the)\\b");

  private static final Pattern POINTER =
      start(
          "read (?:more|next|also|the full)\\b|also read\\b|related:|related (?:articles?|stor)"
              + "|see also\\b|more(?: on this| from)?:|don.t miss\\b|recommended:|advertisement"
              + "|click here to (?:subscribe|sign)|share this\\b|follow (?:us|me|him|her)\\b|watch:"
              + "|lesen sie (?:auch|mehr)|mehr zum thema|auch interessant|lire aussi|à lire"
              + "|lea también|lee también|leer más|vea también|puedes ver:|leggi anche"
              + "|leia (?:também|mais)|czytaj (?:też|także|więcej)|zobacz (?:też|także)"
              + "|lees ook|læs også|läs (?:mer|också)|相关阅读|延伸阅读|関連記事|관련기사");

  private static final Pattern CREDIT =
      Pattern.compile(
          "\\((?:image|photo|picture|pic|foto|bild|source|credit)s?(?: credit| by)?:[^()]{1,80}\\)$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CONTRIBUTED =
      Pattern.compile(
          "\\bcontributed (?:reporting|to this (?:report|article|story))\\b|\\bmay earn an? .{0,20}commission",
          Pattern.CASE_INSENSITIVE);

  private Phrases() {}

  /** Whether a block is a credit, a copyright notice, or a pointer to something else. */
  static boolean note(Block block) {
    if (block.size > LONGEST || block.kind == Block.Kind.VERBATIM) {
      return false;
    }
    return NOTE.matcher(block.text).lookingAt()
        || CREDIT.matcher(block.text).find()
        || CONTRIBUTED.matcher(block.text).find()
        || block.size <= LINE
            && (block.linked > 0 || block.sentences == 0)
            && POINTER.matcher(block.text).lookingAt();
  }

  private static Pattern start(String alternatives) {
    return Pattern.compile(
        "(?:" + alternatives + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
