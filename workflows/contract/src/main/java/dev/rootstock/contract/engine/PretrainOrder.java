package dev.rootstock.contract.engine;

import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Verb {@code pretrain}: tokens to a base. Result: a {@link dev.rootstock.contract.CheckpointRef}.
 *
 * @param ancestor whose weights it begins with; given exactly if {@code pretrain.replay} is
 */
public record PretrainOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    TokensRef tokens,
    TokenizerRef tokenizer,
    PretrainSpec pretrain,
    Cadence cadence,
    Optional<Ancestor> ancestor) {
  public PretrainOrder(
      Attempt attempt,
      Fingerprint fingerprint,
      TokensRef tokens,
      TokenizerRef tokenizer,
      PretrainSpec pretrain,
      Cadence cadence) {
    this(attempt, fingerprint, tokens, tokenizer, pretrain, cadence, Optional.empty());
  }

  /** The inputs that the base is named by. */
  public Map<String, Fingerprint> inputs() {
    return inputs(
        tokens.fingerprint(),
        tokenizer.fingerprint(),
        ancestor.map(base -> base.checkpoint().fingerprint()));
  }

  /** The same, before there are tokens. */
  public static Map<String, Fingerprint> inputs(
      Fingerprint tokens, Fingerprint tokenizer, Optional<Fingerprint> ancestor) {
    Map<String, Fingerprint> inputs = new LinkedHashMap<>();
    inputs.put("tokens", tokens);
    inputs.put("tokenizer", tokenizer);
    ancestor.ifPresent(base -> inputs.put("base", base));
    return inputs;
  }
}
