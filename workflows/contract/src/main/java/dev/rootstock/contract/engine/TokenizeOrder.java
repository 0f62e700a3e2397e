package dev.rootstock.contract.engine;

import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensSpec;

/**
 * Verb {@code tokenize}: documents to packed tokens. Result: a {@link
 * dev.rootstock.contract.TokensRef}.
 *
 * @param corpus for the weights of its sources
 */
public record TokenizeOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    CorpusRef corpus,
    DocumentsRef documents,
    TokenizerRef tokenizer,
    TokensSpec tokens,
    RunnerSpec runner) {}
