package dev.rootstock.contract.store;

import java.io.IOException;
import java.net.URI;

/** Opens stores of one URI scheme; found by {@code ServiceLoader}. */
public interface StoreProvider {
  /** The scheme served, in lower case. */
  String scheme();

  /**
   * Opens a store and makes sure that it creates only what is absent.
   *
   * @throws dev.rootstock.contract.InvalidConfig if the URI is not one of this kind, or the place
   *     ignores create-if-absent
   */
  ArtifactStore open(URI root) throws IOException;
}
