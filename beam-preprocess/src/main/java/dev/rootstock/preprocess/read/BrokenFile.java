package dev.rootstock.preprocess.read;

import java.io.Serializable;

/**
 * A file that could not be read to its end.
 *
 * @param file its {@link CorpusFile#brief}: where it lies is no matter of its bytes
 * @param reason for people: what was found where, and what to do where that is known
 */
public record BrokenFile(String file, String reason) implements Serializable {}
