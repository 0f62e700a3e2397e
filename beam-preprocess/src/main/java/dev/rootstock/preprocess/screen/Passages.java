package dev.rootstock.preprocess.screen;

import java.text.Normalizer;
import java.util.function.LongPredicate;

/**
 * Hashes of all runs of words in a text, by which passages are recognised: of 12 words, as data
 * sets are commonly checked, or of 20 characters where words are not spaced (12 Chinese words have
 * about as many). Case, accents and punctuation do not matter, and all digits are alike.
 *
 * <p>A word's hash is FNV-1a over its letters; a run's is a polynomial in them, kept up to date
 * word by word. Two different runs share a hash of 64 bits by a chance of 2^-64.
 */
final class Passages {
  static final int WORDS = 12;
  static final int CHARACTERS = 20; // of scripts without spaces

  private static final long BASIS = 0xcbf29ce484222325L; // FNV-1a
  private static final long PRIME = 0x100000001b3L;
  private static final long FACTOR = 0x9e3779b97f4a7c15L; // odd, so that no bit is lost
  private static final long POWER = power(WORDS);
  private static final long LONG_POWER = power(CHARACTERS);

  private final LongPredicate taker;
  private final long[] words = new long[WORDS];
  private final long[] characters = new long[CHARACTERS];
  private int wordsSeen;
  private int charactersSeen;
  private long words12;
  private long characters20;

  private Passages(LongPredicate taker) {
    this.taker = taker;
  }

  /**
   * Hands the hash of every run to {@code taker}, until it says that it has had enough.
   *
   * @return whether it did
   */
  static boolean of(String text, LongPredicate taker) {
    return new Passages(taker).scan(plain(text));
  }

  private static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
      }
    }
    return text;
  }

  private boolean scan(String text) {
    long hash = BASIS;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Unspaced.is(c)) {
        if (inWord && word(hash)) {
          return true;
        }
        inWord = false;
        hash = BASIS;
        if (character((BASIS ^ c) * PRIME)) {
          return true;
        }
      } else if (Character.isLetterOrDigit(c)) {
        inWord = true;
        hash = (hash ^ (Character.isDigit(c) ? '0' : Character.toLowerCase(c))) * PRIME;
      } else if (inWord && Character.getType(c) != Character.NON_SPACING_MARK && c != '\'') {
        if (word(hash)) {
          return true;
        }
        inWord = false;
        hash = BASIS;
      }
    }
    return inWord && word(hash);
  }

  private boolean word(long hash) {
    int at = wordsSeen++ % WORDS;
    words12 = words12 * FACTOR + mixed(hash) - POWER * words[at];
    words[at] = mixed(hash);
    charactersSeen = 0;
    characters20 = 0;
    java.util.Arrays.fill(characters, 0);
    return wordsSeen >= WORDS && taker.test(mixed(words12));
  }

  private boolean character(long hash) {
    int at = charactersSeen++ % CHARACTERS;
    characters20 = characters20 * FACTOR + mixed(hash) - LONG_POWER * characters[at];
    characters[at] = mixed(hash);
    wordsSeen = 0;
    words12 = 0;
    java.util.Arrays.fill(words, 0);
    return charactersSeen >= CHARACTERS && taker.test(mixed(~characters20));
  }

  /** The finaliser of MurmurHash3, that all bits depend on all bits. */
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= FACTOR;
    }
    return power;
  }
}
