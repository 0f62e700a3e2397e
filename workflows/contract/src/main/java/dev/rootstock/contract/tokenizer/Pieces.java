package dev.rootstock.contract.tokenizer;

import static dev.rootstock.contract.tokenizer.CharacterKinds.LETTER;
import static dev.rootstock.contract.tokenizer.CharacterKinds.NUMBER;
import static dev.rootstock.contract.tokenizer.CharacterKinds.OTHER;
import static dev.rootstock.contract.tokenizer.CharacterKinds.PAIR;
import static dev.rootstock.contract.tokenizer.CharacterKinds.SPACE;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into the pieces within which tokens are merged, as the patterns of GPT-2, Llama 3 and
 * Qwen2 do. A scanner by hand: a regular expression needs quadratic time for long runs of white
 * space. Thread-safe.
 */
public final class Pieces {
  private static final char[][] ENDINGS = {
    {'s'}, {'t'}, {'r', 'e'}, {'v', 'e'}, {'m'}, {'l', 'l'}, {'d'}
  }; // of 's, 't, 're, …
  private static final byte[] KINDS = CharacterKinds.ofUnits();

  private final boolean gpt2;
  private final int digits; // of the longest number

  public Pieces(PreTokenizer pattern) {
    this.gpt2 = pattern == PreTokenizer.GPT2;
    this.digits = pattern == PreTokenizer.QWEN2 ? 1 : 3;
  }

  /** All pieces of {@code text}, in order; joined they are the text. */
  public List<String> of(String text) {
    char[] chars = text.toCharArray();
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start < chars.length; ) {
      int end = end(chars, start, chars.length);
      pieces.add(new String(chars, start, end - start));
      start = end;
    }
    return pieces;
  }

  /**
   * Where the piece that begins at {@code start} ends.
   *
   * @param start below {@code limit}, the end of the text
   */
  public int end(char[] text, int start, int limit) {
    char first = text[start];
    if (first == '\'') {
      int ending = afterApostrophe(text, start, limit);
      if (ending > start) {
        return ending;
      }
    }
    int kind = kind(text, start, limit);
    int second = start + length(text, start, limit);
    if (kind == LETTER) {
      return run(text, second, limit, LETTER);
    }
    int next = second < limit ? kind(text, second, limit) : SPACE;
    if (gpt2) {
      if (first == ' ' && next != SPACE) {
        return run(text, second, limit, next);
      }
      return kind == SPACE ? space(text, start, second, limit) : run(text, second, limit, kind);
    }
    if (kind == NUMBER) {
      return number(text, second, limit);
    }
    if (next == LETTER && !lineBreak(first)) {
      return run(text, second, limit, LETTER);
    }
    if (kind == OTHER || first == ' ' && next == OTHER) {
      int end = run(text, second, limit, OTHER);
      while (end < limit && lineBreak(text[end])) {
        end++;
      }
      return end;
    }
    return space(text, start, second, limit);
  }

  private int afterApostrophe(char[] text, int start, int limit) {
    for (char[] ending : ENDINGS) {
      if (start + ending.length < limit && matches(text, start + 1, ending)) {
        return start + 1 + ending.length;
      }
    }
    return start;
  }

  private boolean matches(char[] text, int at, char[] ending) {
    for (int i = 0; i < ending.length; i++) {
      char c = text[at + i];
      if (!gpt2) { // in any case; the long s folds to s
        c = c == '\u017f' ? 's' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      }
      if (c != ending[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(char[] text, int from, int limit) {
    int end = from;
    for (int more = digits - 1; more > 0 && end < limit; more--) {
      if (kind(text, end, limit) != NUMBER) {
        break;
      }
      end += length(text, end, limit);
    }
    return end;
  }

  /**
   * White space: to its last line break (not GPT-2), else all but the last where something follows.
   */
  private int space(char[] text, int start, int second, int limit) {
    int end = run(text, second, limit, SPACE);
    if (!gpt2) {
      for (int last = end - 1; last >= start; last--) {
        if (lineBreak(text[last])) {
          return last + 1;
        }
      }
    }
    return end < limit && end - start > 1 ? end - 1 : end;
  }

  private static int run(char[] text, int from, int limit, int kind) {
    int end = from;
    while (end < limit) {
      int found = KINDS[text[end]];
      if (found == kind) {
        end++;
      } else if (found == PAIR && kind(text, end, limit) == kind) {
        end += length(text, end, limit);
      } else {
        break;
      }
    }
    return end;
  }

  private static int kind(char[] text, int at, int limit) {
    int kind = KINDS[text[at]];
    return kind == PAIR ? CharacterKinds.of(Character.codePointAt(text, at, limit)) : kind;
  }

  private static int length(char[] text, int at, int limit) {
    return KINDS[text[at]] == PAIR && at + 1 < limit && Character.isLowSurrogate(text[at + 1])
        ? 2
        : 1;
  }

  private static boolean lineBreak(int c) {
    return c == '\n' || c == '\r';
  }
}
