package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The files of an artifact by their names, wherever in its folder its manifest places them.
 *
 * @param folder the artifact's key
 * @param files its manifest's
 */
public record StoredFolder(ArtifactStore store, String folder, List<StoredFile> files)
    implements ShardedTensors.Folder {
  @Override
  public OptionalLong size(String file) {
    return find(file).map(found -> OptionalLong.of(found.bytes())).orElse(OptionalLong.empty());
  }

  @Override
  public InputStream open(String file) throws IOException {
    return store.open(found(file).key(folder));
  }

  /** The bytes of a small file. */
  byte[] read(String file) throws IOException {
    return store.read(found(file).key(folder));
  }

  /** The bytes of those of some small files that are there, by name. */
  public Map<String, byte[]> small(String... names) throws IOException {
    Map<String, byte[]> there = new TreeMap<>();
    for (String name : names) {
      if (find(name).isPresent()) {
        there.put(name, read(name));
      }
    }
    return there;
  }

  private StoredFile found(String name) throws BadTensors {
    return find(name).orElseThrow(() -> new BadTensors(folder + " has no " + name));
  }

  private Optional<StoredFile> find(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }
}
