package dev.rootstock.contract;

import java.util.HashSet;
import java.util.List;

/**
 * How large a vocabulary is learned, and how text is cut before merging.
 *
 * @param vocabulary number of ids, the 256 bytes and the special tokens included; default 8192. A
 *     small corpus gives fewer: a pair of tokens that occurs once is not merged
 * @param preTokenizer default {@code gpt2}
 * @param special tokens that no text gives, with the ids from 0 on; default the end of text alone,
 *     which must be among them
 */
public record TokenizerSpec(
    @Default("8192") int vocabulary,
    @Default("\"gpt2\"") PreTokenizer preTokenizer,
    @Default("[\"<|endoftext|>\"]") List<String> special) {
  public static final String END_OF_TEXT = "<|endoftext|>";
  public static final List<String> END_ALONE = List.of(END_OF_TEXT);

  private static final int BYTES = 256;
  private static final String UNLEARNABLE =
      "\\S*\\p{L}\\S*[^\\s\\p{L}\\p{N}]"; // no piece goes on after a letter with punctuation

  public TokenizerSpec {
    special = List.copyOf(special);
    int least = BYTES + special.size();
    new Check()
        .that(
            vocabulary >= least && vocabulary <= 1_000_000,
            "vocabulary",
            vocabulary,
            "between " + least + " (256 bytes and the special tokens) and 1000000")
        .that(
            special.contains(END_OF_TEXT)
                && new HashSet<>(special).size() == special.size()
                && special.stream().allMatch(token -> token.matches(UNLEARNABLE)),
            "special",
            special,
            "different, each without spaces and ending in punctuation after a letter, as <|name|>,"
                + " and "
                + END_OF_TEXT
                + " one of them")
        .done();
  }

  /** The end of text as the only special token. */
  public TokenizerSpec(int vocabulary, PreTokenizer preTokenizer) {
    this(vocabulary, preTokenizer, END_ALONE);
  }

  /** Most merges that can be learned. */
  public int merges() {
    return vocabulary - BYTES - special.size();
  }

  /** The pattern that cuts text into pieces within which merges happen. */
  public enum PreTokenizer {
    GPT2,
    LLAMA3,
    /** Llama 3's with each digit by itself, on text in NFC. */
    QWEN2
  }
}
