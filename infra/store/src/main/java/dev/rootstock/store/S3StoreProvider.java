package dev.rootstock.store;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.StoreProvider;
import java.io.IOException;
import java.net.URI;

/**
 * Opens {@code s3:} stores. Whether the server creates only what is absent is found out at the
 * first publish, not here: see {@link StoreProbe}.
 */
public final class S3StoreProvider implements StoreProvider {
  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public ArtifactStore open(URI root) throws IOException {
    return S3Store.open(root);
  }
}
