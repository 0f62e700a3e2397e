package dev.rootstock.contract;

/**
 * A pinned corpus.
 *
 * @param listing store key of the {@link CorpusListing}: the manifest's {@code result}, or a later
 *     listing of the same content at other places
 */
public record CorpusRef(Fingerprint fingerprint, String listing, long files, long bytes)
    implements HandedOn {}
