package dev.rootstock.contract;

/**
 * How large a vocabulary is learned, and how text is cut before merging.
 *
 * @param vocabulary number of ids, the 256 bytes and the special tokens included; default 8192. A
 *     small corpus gives fewer: a pair of tokens that occurs once is not merged
 * @param preTokenizer default {@code gpt2}
 */
public record TokenizerSpec(
    @Default("8192") int vocabulary, @Default("\"gpt2\"") PreTokenizer preTokenizer) {
  public static final int MIN_VOCABULARY = 257; // 256 bytes and end of text

  public TokenizerSpec {
    new Check()
        .that(
            vocabulary >= MIN_VOCABULARY && vocabulary <= 1_000_000,
            "vocabulary",
            vocabulary,
            "between " + MIN_VOCABULARY + " (256 bytes and end of text) and 1000000")
        .done();
  }

  /** The pattern that cuts text into pieces within which merges happen. */
  public enum PreTokenizer {
    GPT2,
    LLAMA3
  }
}
