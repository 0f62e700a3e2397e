package dev.rootstock.contract.engine;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;

/**
 * Verb {@code pretrain}: tokens to a base. Result: a {@link dev.rootstock.contract.CheckpointRef}.
 */
public record PretrainOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    TokensRef tokens,
    TokenizerRef tokenizer,
    PretrainSpec pretrain,
    Cadence cadence) {}
