package dev.rootstock.activities;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Stores that are opened once and kept open, for opening one probes it. Thread-safe. */
public final class OpenStores implements AutoCloseable {
  private final Map<URI, ArtifactStore> open = new HashMap<>();

  /**
   * The store at a place as people write it; the caller does not close it.
   *
   * @throws dev.rootstock.contract.InvalidConfig if there can be no store
   */
  public synchronized ArtifactStore at(String place) throws IOException {
    URI root = Stores.locate(place);
    ArtifactStore store = open.get(root);
    if (store == null) {
      store = Stores.open(root);
      open.put(root, store);
    }
    return store;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ArtifactStore::close);
    open.clear();
  }
}
