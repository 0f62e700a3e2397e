package dev.rootstock.preprocess.language;

import java.lang.Character.UnicodeScript;

/**
 * How a text is written, as far as the rules of a recipe depend on it: whether spaces part its
 * words, what a word and a sentence weigh. The figures of {@link #SPACED} are the published ones;
 * all others are our estimates, for published rules would drop every text of theirs.
 */
public enum Writing {
  /** Words between spaces: Latin, Cyrillic, Greek, Arabic, Devanagari and whatever else. */
  SPACED(new Size(50, true), 3, 10, new Size(3, true), 30, " ", false),
  CHINESE(new Size(80, false), 0, 1000, new Size(5, false), 12, "", true),
  JAPANESE(new Size(100, false), 0, 1000, new Size(5, false), 12, "", true),
  KOREAN(new Size(40, true), 1.5, 8, new Size(2, true), 18, " ", false),
  /** Thai, Lao, Khmer and Burmese, which mark neither words nor sentences. */
  THAI(new Size(200, false), 0, 1000, new Size(10, false), 30, "", true);

  private static final double MOST = 0.5; // share of all letters that makes a script the text's own
  private static final double EAST_ASIAN =
      0.3; // likewise; one such letter says more than a Latin one
  private static final double KANA = 0.1; // of Han and Kana; Chinese text quotes less

  /**
   * A least size.
   *
   * @param words whether words or characters are counted
   */
  public record Size(int least, boolean words) {
    /** {@code words} or {@code characters}. */
    public String unit() {
      return words ? "words" : "characters";
    }
  }

  private final Size document;
  private final double shortestMean;
  private final double longestMean;
  private final Size line;
  private final int shortLine;
  private final String joint;
  private final boolean byDictionary;

  Writing(
      Size document,
      double shortestMean,
      double longestMean,
      Size line,
      int shortLine,
      String joint,
      boolean byDictionary) {
    this.document = document;
    this.shortestMean = shortestMean;
    this.longestMean = longestMean;
    this.line = line;
    this.shortLine = shortLine;
    this.joint = joint;
    this.byDictionary = byDictionary;
  }

  /** The writing of a text, by the scripts of its letters. */
  public static Writing of(String text) {
    return of(ScriptTally.of(Sample.of(text)));
  }

  static Writing of(ScriptTally tally) {
    int han = tally.of(UnicodeScript.HAN);
    int kana = tally.kana();
    int thai =
        tally.of(UnicodeScript.THAI)
            + tally.of(UnicodeScript.LAO)
            + tally.of(UnicodeScript.KHMER)
            + tally.of(UnicodeScript.MYANMAR);
    if (tally.share(tally.of(UnicodeScript.HANGUL)) > MOST) {
      return KOREAN;
    }
    if (tally.share(han + kana) > EAST_ASIAN) {
      return kana > KANA * (han + kana) ? JAPANESE : CHINESE;
    }
    return tally.share(thai) > MOST ? THAI : SPACED;
  }

  /** What a document must hold. */
  public Size document() {
    return document;
  }

  /** Mean characters a word, 0 where that tells nothing. */
  public double shortestMean() {
    return shortestMean;
  }

  /** Mean characters a word. */
  public double longestMean() {
    return longestMean;
  }

  /** What a line of prose must hold. */
  public Size line() {
    return line;
  }

  /** Characters up to which a line is short. */
  public int shortLine() {
    return shortLine;
  }

  /** What stands between two words. */
  public String joint() {
    return joint;
  }

  /** Whether a dictionary finds the words. */
  public boolean byDictionary() {
    return byDictionary;
  }

  /** Whether a sentence has a mark at its end. */
  public boolean marksSentences() {
    return this != THAI;
  }
}
