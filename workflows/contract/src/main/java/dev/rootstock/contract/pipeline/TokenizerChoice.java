package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Check;
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
 * @param from a tokenizer to take in place of learning one: that of a registered model ({@code
 *     NAME@ALIAS}, {@code NAME@3}) or a {@code tokenizer.json}. A corpus that grows then keeps its
 *     tokens, where a tokenizer that is learned from it makes all of them anew
 */
public record TokenizerChoice(
    Optional<Integer> vocabulary,
    @Default("\"gpt2\"") TokenizerSpec.PreTokenizer preTokenizer,
    @Default("[\"<|endoftext|>\"]") List<String> special,
    Optional<String> from) {
  public static final TokenizerChoice DEFAULT =
      new TokenizerChoice(
          Optional.empty(),
          TokenizerSpec.PreTokenizer.GPT2,
          TokenizerSpec.END_ALONE,
          Optional.empty());

  private static final int VOCABULARY = 8192;

  public TokenizerChoice {
    special = List.copyOf(special);
    new TokenizerSpec(vocabulary.orElse(VOCABULARY), preTokenizer, special);
    boolean given = from.isPresent();
    new Check()
        .that(
            !given || vocabulary.isEmpty(),
            "vocabulary",
            vocabulary.orElse(VOCABULARY),
            "left out where from is given, for that tokenizer has its own")
        .that(
            !given || special.equals(TokenizerSpec.END_ALONE),
            "special",
            special,
            "left out where from is given, for that tokenizer has its own")
        .that(
            !from.orElse("x").isBlank(),
            "from",
            "empty",
            "NAME@ALIAS of a registered model, or a tokenizer.json")
        .done();
  }

  public TokenizerSpec spec() {
    return new TokenizerSpec(vocabulary.orElse(VOCABULARY), preTokenizer, special);
  }

  /** The same of a tokenizer that is taken and has so many ids. */
  public TokenizerSpec spec(int taken) {
    return new TokenizerSpec(taken, preTokenizer, special);
  }
}
