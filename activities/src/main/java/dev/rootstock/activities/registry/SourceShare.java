package dev.rootstock.activities.registry;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.HandedOn;
import java.util.Optional;

/**
 * What a source gave to the text that a base was grown on.
 *
 * @param name as the corpus calls it, or the end of its path
 * @param documents that it was trained on; one that was sampled twice counts twice
 * @param bytes of their text
 * @param tokens that they came to
 */
public record SourceShare(
    String name,
    Optional<String> licence,
    @Default("0") long documents,
    @Default("0") long bytes,
    @Default("0") long tokens)
    implements HandedOn {}
