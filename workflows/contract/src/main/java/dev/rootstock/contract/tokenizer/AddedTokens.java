package dev.rootstock.contract.tokenizer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens that are looked for in text before it is cut, the leftmost first and the longest of those,
 * as Hugging Face's {@code tokenizers} does. Thread-safe.
 */
final class AddedTokens {
  private static final char BELOW_BASIC = 0x80;

  private final List<Token> all;
  private final Map<Character, List<Token>> raw = new HashMap<>(); // by first character
  private final Map<Character, List<Token>> normal = new HashMap<>();
  private final boolean ordinary;

  /**
   * One token.
   *
   * @param special found only where markers are asked for; ordinary text may spell it
   * @param singleWord found only where no word goes on before or behind it
   * @param stripsLeft takes the white space before it along
   * @param normalized found in text after its normalisation, not before
   */
  record Token(
      String content,
      int id,
      boolean special,
      boolean singleWord,
      boolean stripsLeft,
      boolean stripsRight,
      boolean normalized) {
    /** A special token without further wishes. */
    static Token special(String content, int id) {
      return new Token(content, id, true, false, false, false, false);
    }
  }

  /**
   * A part of a text.
   *
   * @param id of the token that it is; below 0: text still to be cut
   */
  record Part(String text, int id) {
    static final int TEXT = -1;
  }

  AddedTokens(List<Token> tokens, boolean nfc) {
    all = tokens.stream().sorted(Comparator.comparingInt(Token::id)).toList();
    ordinary = tokens.stream().anyMatch(token -> !token.special());
    for (Token token : tokens) {
      String spelt =
          token.normalized() && nfc
              ? Normalizer.normalize(token.content(), Normalizer.Form.NFC)
              : token.content();
      if (!spelt.isEmpty()) {
        (token.normalized() ? normal : raw)
            .computeIfAbsent(spelt.charAt(0), first -> new ArrayList<>())
            .add(
                new Token(
                    spelt,
                    token.id(),
                    token.special(),
                    token.singleWord(),
                    token.stripsLeft(),
                    token.stripsRight(),
                    token.normalized()));
      }
    }
    for (Map<Character, List<Token>> index : List.of(raw, normal)) {
      index
          .values()
          .forEach(list -> list.sort(Comparator.comparingInt(token -> -token.content().length())));
    }
  }

  /** By id. */
  List<Token> all() {
    return all;
  }

  /** Whether ordinary text has to be searched. */
  boolean inOrdinaryText() {
    return ordinary;
  }

  /**
   * Splits a text.
   *
   * @param normalized whether it is normalised, and so which tokens are looked for
   * @param special whether special tokens are taken for what they spell
   */
  List<Part> split(String text, boolean normalized, boolean special) {
    Map<Character, List<Token>> index = normalized ? normal : raw;
    List<Part> parts = new ArrayList<>();
    int done = 0;
    for (int at = 0; at < text.length() && !index.isEmpty(); ) {
      Token token = at(text, at, index);
      if (token == null) {
        at++;
        continue;
      }
      int start = at;
      int end = at + token.content().length();
      at = end;
      if ((token.special() && !special) || (token.singleWord() && withinWord(text, start, end))) {
        continue;
      }
      while (token.stripsLeft() && start > done && space(text.charAt(start - 1))) {
        start--;
      }
      while (token.stripsRight() && end < text.length() && space(text.charAt(end))) {
        end++;
      }
      start = Math.max(start, done);
      if (start > done) {
        parts.add(new Part(text.substring(done, start), Part.TEXT));
      }
      parts.add(new Part(token.content(), token.id()));
      done = Math.max(done, end);
    }
    if (done < text.length()) {
      parts.add(new Part(text.substring(done), Part.TEXT));
    }
    return parts;
  }

  private static Token at(String text, int at, Map<Character, List<Token>> index) {
    for (Token token : index.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(token.content(), at)) {
        return token;
      }
    }
    return null;
  }

  private static boolean withinWord(String text, int start, int end) {
    return (start > 0 && word(text.codePointBefore(start)))
        || (end < text.length() && word(text.codePointAt(end)));
  }

  private static boolean word(int c) {
    if (c < BELOW_BASIC) {
      return c == '_' || Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.DECIMAL_DIGIT_NUMBER,
              Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> Character.isAlphabetic(c) || c == 0x200c || c == 0x200d; // joiners
    };
  }

  private static boolean space(char c) {
    return CharacterKinds.of(c) == CharacterKinds.SPACE;
  }
}
