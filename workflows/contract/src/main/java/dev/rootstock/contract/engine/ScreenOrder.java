package dev.rootstock.contract.engine;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TestItemsRef;

/**
 * Verb {@code screen}: what documents hold of test rows. Result: a {@link
 * dev.rootstock.contract.Screening}.
 */
public record ScreenOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    DocumentsRef documents,
    TestItemsRef items,
    RunnerSpec runner) {}
