package dev.rootstock.preprocess;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a pipeline writes, as its workers need to know it.
 *
 * @param store URI
 * @param folder of the artifact
 * @param attempt names the receipts of this run of the pipeline
 */
public record Place(String store, String folder, String attempt) implements Serializable {
  /** Adds a file to the artifact. */
  public StoredFile add(String path, Path file) throws IOException {
    try (ArtifactStore opened = Stores.open(store)) {
      return Artifacts.add(opened, folder, path, file);
    }
  }

  /** Adds a text to the artifact. */
  StoredFile write(String path, String text) throws IOException {
    Path file = Scratch.file("." + path);
    try {
      Files.writeString(file, text);
      return add(path, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  String receipts() {
    return folder + "/receipts-" + attempt + ".jsonl";
  }
}
