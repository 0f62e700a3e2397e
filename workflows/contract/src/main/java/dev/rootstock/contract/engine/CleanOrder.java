package dev.rootstock.contract.engine;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;

/**
 * Verb {@code clean}: corpus to documents. Result: a {@link dev.rootstock.contract.DocumentsRef}.
 */
public record CleanOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    CorpusRef corpus,
    CleaningSpec cleaning,
    RunnerSpec runner) {}
