package dev.rootstock.contract.tokenizer;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into the pieces within which tokens are merged, as the patterns of GPT-2 and Llama 3
 * do. A scanner by hand: a regular expression needs quadratic time for long runs of white space.
 * What is a letter or a number follows the Unicode version of the running JDK. Thread-safe.
 */
public final class Pieces {
  private static final String[] ENDINGS = {
    "s", "t", "re", "ve", "m", "ll", "d"
  }; // of 's, 't, 're, …
  private static final int DIGITS = 3; // Llama 3's longest number
  private static final int LETTER = 0;
  private static final int NUMBER = 1;
  private static final int SPACE = 2;
  private static final int OTHER = 3;

  private final boolean llama;

  public Pieces(PreTokenizer pattern) {
    this.llama = pattern == PreTokenizer.LLAMA3;
  }

  /** All pieces of {@code text}, in order; joined they are the text. */
  public List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = end(text, start);
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  /** Where the piece that begins at {@code start}, an index below the text's length, ends. */
  public int end(String text, int start) {
    int ending = afterApostrophe(text, start);
    if (ending > start) {
      return ending;
    }
    int first = text.codePointAt(start);
    int kind = kind(first);
    int second = start + Character.charCount(first);
    int next = second < text.length() ? kind(text.codePointAt(second)) : SPACE;
    if (llama) {
      if (next == LETTER && (kind == OTHER || kind == SPACE) && !lineBreak(first)) {
        return run(text, second, LETTER);
      }
      if (kind == NUMBER) {
        return number(text, second);
      }
      if (kind == OTHER || first == ' ' && next == OTHER) {
        int end = run(text, second, OTHER);
        while (end < text.length() && lineBreak(text.charAt(end))) {
          end++;
        }
        return end;
      }
    } else if (first == ' ' && next != SPACE) {
      return run(text, second, next);
    }
    return kind == SPACE ? space(text, start, second) : run(text, second, kind);
  }

  private int afterApostrophe(String text, int start) {
    if (text.charAt(start) == '\'') {
      for (String ending : ENDINGS) {
        if (llama ? matchesAnyCase(text, start + 1, ending) : text.startsWith(ending, start + 1)) {
          return start + 1 + ending.length();
        }
      }
    }
    return start;
  }

  private static boolean matchesAnyCase(String text, int at, String ending) {
    if (at + ending.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < ending.length(); i++) {
      char c = text.charAt(at + i);
      char lower =
          c == '\u017f' ? 's' : c < 128 ? Character.toLowerCase(c) : c; // the long s folds to s
      if (lower != ending.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from) {
    int end = from;
    for (int digits = 1; digits < DIGITS && end < text.length(); digits++) {
      int c = text.codePointAt(end);
      if (kind(c) != NUMBER) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /**
   * White space: to its last line break (Llama 3), else all but the last where something follows.
   */
  private int space(String text, int start, int second) {
    int end = run(text, second, SPACE);
    if (llama) {
      for (int last = end - 1; last >= start; last--) {
        if (lineBreak(text.charAt(last))) {
          return last + 1;
        }
      }
    }
    return end < text.length() && end - start > 1 ? end - 1 : end;
  }

  private static int run(String text, int from, int kind) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (kind(c) != kind) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean lineBreak(int c) {
    return c == '\n' || c == '\r';
  }

  private static int kind(int c) {
    if (c < 128) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
          ? LETTER
          : c >= '0' && c <= '9' ? NUMBER : c == ' ' || c >= '\t' && c <= '\r' ? SPACE : OTHER;
    }
    switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER:
        return LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER:
        return NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR:
        return SPACE;
      default:
        return c == 0x85
            ? SPACE
            : OTHER; // next line is the one control character beyond ASCII with White_Space
    }
  }
}
