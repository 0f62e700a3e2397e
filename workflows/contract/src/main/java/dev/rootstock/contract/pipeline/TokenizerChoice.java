package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.TokenizerSpec;
import java.util.List;
import java.util.Optional;

/**
 * Which tokenizer.
 *
 * @param vocabulary how many ids to learn; default 8192
 * @param preTokenizer how text is cut before merging; default {@code gpt2}
 * @param special tokens that no text gives; default the end of text alone
 */
public record TokenizerChoice(
    Optional<Integer> vocabulary,
    @Default("\"gpt2\"") TokenizerSpec.PreTokenizer preTokenizer,
    @Default("[\"<|endoftext|>\"]") List<String> special) {
  public static final TokenizerChoice DEFAULT =
      new TokenizerChoice(
          Optional.empty(), TokenizerSpec.PreTokenizer.GPT2, TokenizerSpec.END_ALONE);

  private static final int VOCABULARY = 8192;

  public TokenizerChoice {
    special = List.copyOf(special);
    new TokenizerSpec(vocabulary.orElse(VOCABULARY), preTokenizer, special);
  }

  public TokenizerSpec spec() {
    return new TokenizerSpec(vocabulary.orElse(VOCABULARY), preTokenizer, special);
  }
}
