package dev.rootstock.preprocess.compare;

import java.util.List;
import java.util.Optional;

/** Takes passages out of a text, and tells whether what is left is worth keeping. Pure. */
public final class Cut {
  private static final int MIN_WORDS = 50;
  private static final int MIN_SENTENCES = 3;

  private Cut() {}

  /**
   * The text without the ranges, and without white space at its ends.
   *
   * @param ranges in order and apart from one another
   * @throws IllegalArgumentException if they are not, or reach beyond the text
   */
  public static String apply(String text, List<Range> ranges) {
    StringBuilder left = new StringBuilder(text.length());
    int from = 0;
    for (Range range : ranges) {
      if (range.from() < from || range.to() > text.length()) {
        throw new IllegalArgumentException(
            "range is "
                + range.from()
                + " to "
                + range.to()
                + "; it must lie between "
                + from
                + " and "
                + text.length()
                + ". Was the text changed after it was sketched?");
      }
      left.append(text, from, range.from());
      from = range.to();
    }
    return left.append(text, from, text.length()).toString().strip();
  }

  /**
   * What speaks against keeping the rest of a text: the value found and the threshold. Chinese,
   * Japanese and Thai, whose words are not spaced, are measured in characters, and Thai marks no
   * sentences.
   */
  public static Optional<String> objection(String left) {
    Shingles.Kind kind = Shingles.kindOf(left);
    boolean words = kind.words();
    int least =
        switch (kind) {
          case WORDS -> MIN_WORDS;
          case KOREAN_WORDS -> 40;
          case HAN_CHARACTERS -> 80;
          case THAI_CHARACTERS -> 200;
        };
    int size = words ? words(left) : characters(left);
    if (size < least) {
      return Optional.of(size + (words ? " words" : " characters") + " left, below " + least);
    }
    int sentences = Pieces.countSentences(left);
    if (sentences < MIN_SENTENCES && kind != Shingles.Kind.THAI_CHARACTERS) {
      return Optional.of(sentences + " sentences left, below " + MIN_SENTENCES);
    }
    return Optional.empty();
  }

  private static int words(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      words += inside || space ? 0 : 1;
      inside = !space;
    }
    return words;
  }

  private static int characters(String text) {
    return (int) text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }
}
