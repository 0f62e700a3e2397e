package dev.rootstock.contract;

/**
 * Test rows that are kept out of a corpus.
 *
 * @param listing store key of the {@link TestItems}: where their files were seen
 */
public record TestItemsRef(Fingerprint fingerprint, String listing) implements HandedOn {}
