package dev.rootstock.contract.store;

import dev.rootstock.contract.HandedOn;

/**
 * A file of an artifact.
 *
 * @param path relative to the artifact's folder
 * @param sha256 lower-case hexadecimal, 64 characters
 */
public record StoredFile(String path, long bytes, String sha256) implements HandedOn {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
