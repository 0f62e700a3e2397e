package dev.rootstock.preprocess.screen;

import dev.rootstock.preprocess.read.StreamSafe;
import java.text.Normalizer;
import java.util.function.LongConsumer;

/**
 * Hashes of all runs of words in a text, by which passages are recognised: of 12 words, as data
 * sets are commonly checked, or of 20 units where words are not spaced (12 Chinese words have about
 * as many characters). A unit is a character of such a script, or a spaced word or number among
 * them. Case, accents and punctuation do not matter, and all digits of a number are alike; those of
 * a word with letters in it are its own.
 *
 * <p>A word's hash is FNV-1a over its letters; a run's is a polynomial in them, kept up to date
 * word by word. Two different runs share a hash of 64 bits by a chance of 2^-64.
 */
final class Passages {
  static final int WORDS = 12;
  static final int UNITS = 20;

  private static final long BASIS = 0xcbf29ce484222325L; // FNV-1a
  private static final long PRIME = 0x100000001b3L;

  private final LongConsumer taker;
  private final Run words = new Run(WORDS);
  private final Run units = new Run(UNITS);
  private long word = BASIS;
  private long number = BASIS; // the same, all digits as 0
  private boolean hasLetter;
  private long stretch = BASIS; // of characters without spaces, one word to its neighbours
  private boolean inWord;
  private boolean inStretch;

  private Passages(LongConsumer taker) {
    this.taker = taker;
  }

  /** Hands the hash of every run to {@code taker}. */
  static void of(String text, LongConsumer taker) {
    new Passages(taker).scan(plain(text));
  }

  private static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return Normalizer.normalize(StreamSafe.of(text), Normalizer.Form.NFKD);
      }
    }
    return text;
  }

  private void scan(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Unspaced.is(c)) {
        endWord();
        inStretch = true;
        stretch = (stretch ^ c) * PRIME;
        unit((BASIS ^ c) * PRIME, true);
      } else if (Character.isLetterOrDigit(c)) {
        endStretch();
        inWord = true;
        if (Character.isDigit(c)) {
          word = (word ^ ('0' + Character.digit(c, 10))) * PRIME;
          number = (number ^ '0') * PRIME;
        } else {
          word = (word ^ Character.toLowerCase(c)) * PRIME;
          hasLetter = true;
        }
      } else if (!withinWord(c)) {
        endWord();
        endStretch();
      }
    }
    endWord();
    endStretch();
  }

  /** Marks, apostrophes and what is not seen: they end no word and make none another. */
  private static boolean withinWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.FORMAT ->
          true;
      default -> c == '\'' || c == 0x2019 || c == 0x02bc;
    };
  }

  private void endWord() {
    if (inWord) {
      long hash = hasLetter ? word : number;
      unit(hash, false);
      wholeWord(hash);
      inWord = false;
      hasLetter = false;
      word = BASIS;
      number = BASIS;
    }
  }

  private void endStretch() {
    if (inStretch) {
      wholeWord(stretch);
      inStretch = false;
      stretch = BASIS;
    }
  }

  private void wholeWord(long hash) {
    words.add(hash, false);
    if (words.full()) {
      taker.accept(Run.mixed(words.hash));
    }
  }

  private void unit(long hash, boolean unspaced) {
    units.add(hash, unspaced);
    if (units.full() && 2 * units.unspaced >= UNITS) {
      taker.accept(Run.mixed(~units.hash));
    }
  }

  /** The last few words and the hash of all of them. */
  private static final class Run {
    private static final long FACTOR = 0x9e3779b97f4a7c15L; // odd, so that no bit is lost

    private final long[] last;
    private final boolean[] kinds;
    private final long power;
    private int seen;
    private int unspaced;
    private long hash;

    Run(int length) {
      last = new long[length];
      kinds = new boolean[length];
      long factor = 1;
      for (int i = 0; i < length; i++) {
        factor *= FACTOR;
      }
      power = factor;
    }

    void add(long word, boolean kind) {
      int at = seen % last.length;
      seen = seen + 1 == 2 * last.length ? last.length : seen + 1; // stays below overflow
      hash = hash * FACTOR + mixed(word) - power * last[at];
      last[at] = mixed(word);
      unspaced += (kind ? 1 : 0) - (kinds[at] ? 1 : 0);
      kinds[at] = kind;
    }

    boolean full() {
      return seen >= last.length;
    }

    /** The finaliser of MurmurHash3, that all bits depend on all bits. */
    static long mixed(long hash) {
      long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
      mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
      return mixed ^ mixed >>> 33;
    }
  }
}
