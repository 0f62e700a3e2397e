package dev.rootstock.training;

import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.task.TaskFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens pinned files where they lie: on a disk, or in a bucket that a store provider knows. */
final class WherePinned implements TaskFiles {
  @Override
  public InputStream open(PinnedFile file) throws IOException {
    URI uri = file.uri();
    if ("file".equals(uri.getScheme())) {
      return Files.newInputStream(Path.of(uri));
    }
    String place = uri.toString();
    int slash = place.lastIndexOf('/');
    try (ArtifactStore folder = Stores.open(URI.create(place.substring(0, slash)))) {
      return new ByteArrayInputStream(folder.read(place.substring(slash + 1)));
    }
  }
}
