package dev.rootstock.preprocess.compare;

import java.util.Arrays;

/**
 * Hashes of the overlapping runs of words, or of characters, that stand for a text. How long a run
 * is follows the script most of the letters are of.
 */
final class Shingles {
  /** What a run is made of. */
  enum Kind {
    WORDS(5),
    /** Korean: words carry their particles with them, so there are fewer. */
    KOREAN_WORDS(4),
    /** Chinese and Japanese: no spaces, and a character is much of a word. */
    HAN_CHARACTERS(5),
    /** Thai, Lao, Burmese, Khmer: no spaces between words. */
    THAI_CHARACTERS(5);

    private final int length;

    Kind(int length) {
      this.length = length;
    }

    boolean words() {
      return this == WORDS || this == KOREAN_WORDS;
    }
  }

  private long[] pieces = new long[256];
  private int count;
  private int letters;
  private int han;
  private int hangul;
  private int thai;

  private Shingles() {}

  /** Hashes of all runs, repeated ones too; none of a text shorter than one run. */
  static long[] of(String text) {
    Shingles shingles = new Shingles();
    shingles.cutWords(text);
    Kind kind = shingles.kind();
    if (!kind.words()) {
      shingles.cutCharacters(text);
    }
    return shingles.runs(kind.length);
  }

  static Kind kindOf(String text) {
    Shingles shingles = new Shingles();
    shingles.cutWords(text);
    return shingles.kind();
  }

  private Kind kind() {
    if (2 * han > letters) {
      return Kind.HAN_CHARACTERS;
    }
    if (2 * thai > letters) {
      return Kind.THAI_CHARACTERS;
    }
    return 2 * hangul > letters ? Kind.KOREAN_WORDS : Kind.WORDS;
  }

  private void cutWords(String text) {
    Spelling spelling = new Spelling(text);
    long hash = 0;
    char before = Letters.SPACE;
    for (int i = 0; i < text.length(); i++) {
      char letter = spelling.at(i);
      if (letter == Letters.NOTHING) {
        continue;
      }
      if (letter != Letters.SPACE) {
        hash = Mix.add(hash, letter);
        letters++;
        if (letter >= 0x0E00) {
          countScript(letter);
        }
      } else if (before != Letters.SPACE) {
        add(Mix.of(hash));
        hash = 0;
      }
      before = letter;
    }
    if (before != Letters.SPACE) {
      add(Mix.of(hash));
    }
  }

  private void cutCharacters(String text) {
    Spelling spelling = new Spelling(text);
    count = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = spelling.at(i);
      if (letter != Letters.NOTHING && letter != Letters.SPACE) {
        add(Mix.of(letter));
      }
    }
  }

  private void countScript(char c) {
    if (Spelling.isHan(c)) {
      han++;
    } else if (c >= 0xD840 && c <= 0xD8BF) {
      han += 2; // the first half of a rare ideograph, whose other half is a letter too
    } else if (c >= 0xAC00 && c <= 0xD7A3 || c >= 0x1100 && c <= 0x11FF) {
      hangul++;
    } else if (Spelling.isThai(c)) {
      thai++;
    }
  }

  private void add(long piece) {
    if (count == pieces.length) {
      pieces = Arrays.copyOf(pieces, 2 * count);
    }
    pieces[count++] = piece;
  }

  /** A polynomial over the pieces, rolled on by one piece at a time. */
  private long[] runs(int length) {
    if (count < length) {
      return new long[0];
    }
    long power = 1;
    for (int i = 0; i < length; i++) {
      power *= Mix.STEP;
    }
    long[] runs = new long[count - length + 1];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum = sum * Mix.STEP + pieces[i];
      if (i >= length) {
        sum -= pieces[i - length] * power;
      }
      if (i >= length - 1) {
        runs[i - length + 1] = Mix.of(sum);
      }
    }
    return runs;
  }
}
