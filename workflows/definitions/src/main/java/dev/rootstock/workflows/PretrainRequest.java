package dev.rootstock.workflows;

import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Cadence;
import java.util.Optional;

/**
 * A base to grow on tokens. The workflow's id is {@code pretrain/<fingerprint>}.
 *
 * @param ancestor that it goes on from
 */
public record PretrainRequest(
    String store,
    String run,
    Fingerprint fingerprint,
    TokensRef tokens,
    TokenizerRef tokenizer,
    PretrainSpec pretrain,
    Cadence cadence,
    Optional<Ancestor> ancestor) {}
