package dev.rootstock.preprocess.extract;

import java.util.HashSet;
import java.util.Set;

/** Runs of four words, or of characters where a script has no spaces: what two texts share. */
final class Shingles {
  private static final int WORDS = 4;

  private final Set<Long> hashes = new HashSet<>();
  private final long[] last = new long[WORDS]; // hashes of the newest words
  private int words;

  /** Adds a text; no shingle reaches from one text into the next. */
  void add(CharSequence text) {
    words = 0;
    each(text, hashes::add);
  }

  int count() {
    return hashes.size();
  }

  /** Share of a text's shingles that are here too; 1 for a text without any. */
  double share(CharSequence text) {
    long[] counts = new long[2];
    Shingles other = new Shingles();
    other.each(
        text,
        hash -> {
          counts[0]++;
          counts[1] += hashes.contains(hash) ? 1 : 0;
        });
    return counts[0] == 0 ? 1 : (double) counts[1] / counts[0];
  }

  private void each(CharSequence text, java.util.function.LongConsumer taker) {
    long word = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      boolean alone = Sizes.of(c) > 1;
      if (!alone && Character.isLetterOrDigit(c)) {
        word = word * 1_000_003 + Character.toLowerCase(c) + 1;
      } else {
        word = end(word, taker);
        if (alone && Character.isLetterOrDigit(c)) {
          end(c + 1L, taker);
        }
      }
    }
  }

  private long end(long word, java.util.function.LongConsumer taker) {
    if (word != 0) {
      System.arraycopy(last, 1, last, 0, WORDS - 1);
      last[WORDS - 1] = word;
      if (++words >= WORDS) {
        long hash = 17;
        for (long one : last) {
          hash = (hash ^ one) * 0x9E3779B97F4A7C15L;
          hash ^= hash >>> 29;
        }
        taker.accept(hash);
      }
    }
    return 0;
  }
}
