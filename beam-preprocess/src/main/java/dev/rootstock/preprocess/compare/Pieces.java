package dev.rootstock.preprocess.compare;

import java.util.Arrays;

/**
 * Cuts a text into lines or sentences and hashes them by their letters alone: lower case, numbers
 * as 0, no punctuation, no spaces. A piece without letters belongs to the one before it.
 */
final class Pieces {
  /** Sentences in a span, as C4 has it. */
  static final int SPAN = 3;

  private int[] starts = new int[32];
  private long[] hashes = new long[32];
  private int count;

  private Pieces() {}

  /** Every line. */
  static Units lines(String text) {
    Pieces pieces = new Pieces();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end + 1;
      pieces.add(text, from, to);
      from = to;
    }
    return pieces.units(text.length(), 1);
  }

  /** Every three sentences on end. */
  static Units spans(String text) {
    return sentences(text).units(text.length(), SPAN);
  }

  static int countSentences(String text) {
    return sentences(text).count;
  }

  private static Pieces sentences(String text) {
    Pieces pieces = new Pieces();
    for (int from = 0; from < text.length(); ) {
      int to = endOfSentence(text, from);
      pieces.add(text, from, to);
      from = to;
    }
    return pieces;
  }

  /** Where the sentence and the white space after it end. */
  private static int endOfSentence(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return skipWhite(text, i);
      }
      boolean wide = "。！？｡".indexOf(c) >= 0;
      if (wide || ".!?…".indexOf(c) >= 0) {
        int after = i + 1;
        while (after < text.length() && ".!?…。！？\"'”’»)]」』）".indexOf(text.charAt(after)) >= 0) {
          after++;
        }
        int next = skipWhite(text, after);
        boolean goesOn = next < text.length() && Character.isLowerCase(text.charAt(next));
        if (wide || next == text.length() || next > after && !(c == '.' && goesOn)) {
          return next;
        }
        i = after - 1;
      }
    }
    return text.length();
  }

  private static int skipWhite(String text, int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private void add(String text, int from, int to) {
    long hash = hash(text, from, to);
    if (hash == 0) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    starts[count] = count == 0 ? 0 : from;
    hashes[count++] = hash;
  }

  /** 0 if there is no letter. */
  private static long hash(String text, int from, int to) {
    Spelling spelling = new Spelling(text);
    long hash = 0;
    char before = Letters.SPACE;
    for (int i = from; i < to; i++) {
      char letter = spelling.at(i);
      if (letter == Letters.SPACE
          || letter == Letters.NOTHING
          || letter == Letters.DIGIT && before == Letters.DIGIT) {
        continue; // 1,000 and 1000 are alike
      }
      hash = Mix.add(hash, letter);
      before = letter;
    }
    return before == Letters.SPACE ? 0 : Mix.of(hash) | 1;
  }

  private Units units(int length, int width) {
    if (count < width) {
      return Units.NONE;
    }
    int[] all = Arrays.copyOf(starts, count + 1);
    all[count] = length;
    long[] runs = new long[count - width + 1];
    for (int i = 0; i < runs.length; i++) {
      long hash = hashes[i];
      for (int more = 1; more < width; more++) {
        hash = Mix.of(hash) + hashes[i + more];
      }
      runs[i] = hash;
    }
    return new Units(width, all, runs);
  }
}
