package dev.rootstock.contract;

import java.net.URI;
import java.util.Optional;

/**
 * A file outside the store, where it was seen and what it held then.
 *
 * @param uri {@code file:} or {@code s3:}
 * @param sha256 lower-case hexadecimal, 64 characters
 * @param bytes its length
 * @param label see {@link Content#label}
 */
public record PinnedFile(URI uri, String sha256, long bytes, Optional<String> label)
    implements HandedOn {
  public Content content() {
    return new Content(sha256, bytes, label);
  }
}
