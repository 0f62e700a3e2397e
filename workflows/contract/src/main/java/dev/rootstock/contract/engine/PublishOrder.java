package dev.rootstock.contract.engine;

import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;

/**
 * Verb {@code publish}: documents to a folder that others read, their sources told by the names of
 * files. Result: {@link Published}.
 *
 * @param folder a local path that does not exist yet, or is empty
 */
public record PublishOrder(
    Attempt attempt, Fingerprint documents, CorpusRef corpus, String folder) {}
