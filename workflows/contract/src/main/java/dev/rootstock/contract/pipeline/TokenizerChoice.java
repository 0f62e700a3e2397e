package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.TokenizerSpec;
import java.util.Optional;

/**
 * Which tokenizer.
 *
 * @param vocabulary how many ids to learn; default 8192
 * @param preTokenizer how text is cut before merging; default {@code gpt2}
 */
public record TokenizerChoice(
    Optional<Integer> vocabulary, @Default("\"gpt2\"") TokenizerSpec.PreTokenizer preTokenizer) {
  public static final TokenizerChoice DEFAULT =
      new TokenizerChoice(Optional.empty(), TokenizerSpec.PreTokenizer.GPT2);

  public TokenizerChoice {
    if (vocabulary.isPresent()) {
      new TokenizerSpec(vocabulary.get(), preTokenizer);
    }
  }

  public TokenizerSpec spec() {
    return new TokenizerSpec(vocabulary.orElse(8192), preTokenizer);
  }
}
