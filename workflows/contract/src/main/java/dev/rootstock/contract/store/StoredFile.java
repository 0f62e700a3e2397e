package dev.rootstock.contract.store;

import dev.rootstock.contract.HandedOn;

/**
 * A file of an artifact.
 *
 * @param path relative to the artifact's folder; one that begins with '/' is a key from the store's
 *     root, and its file is shared with other artifacts
 * @param sha256 lower-case hexadecimal, 64 characters
 */
public record StoredFile(String path, long bytes, String sha256) implements HandedOn {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Where it lies in the store, if its artifact lies in {@code folder}. */
  public String key(String folder) {
    return path.startsWith("/") ? path.substring(1) : folder + "/" + path;
  }
}
