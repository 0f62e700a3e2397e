package dev.rootstock.contract.engine;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TokenizerSpec;

/**
 * Verb {@code learn}: documents to a tokenizer. Result: a {@link
 * dev.rootstock.contract.TokenizerRef}.
 */
public record LearnOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    DocumentsRef documents,
    TokenizerSpec tokenizer,
    RunnerSpec runner) {}
