package dev.rootstock.training;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.checkpoint.ShardedTensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The files of an artifact by their names, wherever its manifest places them. */
record StoredFolder(ArtifactStore store, String folder, Manifest manifest)
    implements ShardedTensors.Folder {
  private Optional<StoredFile> find(String name) {
    return manifest.files().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  @Override
  public OptionalLong size(String name) {
    Optional<StoredFile> file = find(name);
    return file.isEmpty() ? OptionalLong.empty() : OptionalLong.of(file.get().bytes());
  }

  @Override
  public InputStream open(String name) throws IOException {
    return store.open(find(name).orElseThrow(() -> new NoSuchElementException(name)).key(folder));
  }

  /** The bytes of those of some small files that are there, by name. */
  Map<String, byte[]> small(String... names) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names) {
      Optional<StoredFile> file = find(name);
      if (file.isPresent()) {
        files.put(name, store.read(file.get().key(folder)));
      }
    }
    return files;
  }
}
