package dev.rootstock.contract.task;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens pinned files where they lie: on a disk, or in a bucket that a store provider knows. A file
 * that is no longer what was pinned is refused.
 */
public final class WherePinned implements TaskFiles {
  @Override
  public InputStream open(PinnedFile file) throws IOException {
    byte[] bytes = read(file.uri());
    if (!Fingerprint.sha256(bytes).equals(file.sha256())) {
      throw new Hopeless(
          "BadTask",
          file.uri() + " has changed since it was pinned; run again to pin it as it is now");
    }
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] read(URI uri) throws IOException {
    if ("file".equals(uri.getScheme())) {
      return Files.readAllBytes(Path.of(uri));
    }
    String place = uri.toString();
    int slash = place.lastIndexOf('/');
    try (ArtifactStore folder = Stores.open(URI.create(place.substring(0, slash)))) {
      return folder.read(place.substring(slash + 1));
    }
  }
}
