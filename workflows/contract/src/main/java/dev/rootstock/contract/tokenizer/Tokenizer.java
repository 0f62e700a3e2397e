package dev.rootstock.contract.tokenizer;

/** Text to token ids and back. Thread-safe. */
public interface Tokenizer {
  /**
   * Ids of ordinary text: the spelling of a special token in it is text like any other. {@code
   * decode(encode(text))} is {@code text}, but for lone surrogates, which become U+FFFD.
   */
  int[] encode(String text);

  /** Text of ids; bytes that are not UTF-8 become U+FFFD. Special tokens give their spelling. */
  String decode(int[] ids);

  /** Number of ids, the special ones included. */
  int vocabulary();

  /** Id that ends a document. */
  int endOfText();
}
