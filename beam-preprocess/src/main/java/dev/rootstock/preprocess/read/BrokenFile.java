package dev.rootstock.preprocess.read;

import java.io.Serializable;
import java.net.URI;

/**
 * A file that could not be read to its end.
 *
 * @param reason for people: what was found where, and what to do where that is known
 */
public record BrokenFile(URI uri, String reason) implements Serializable {}
