package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.PeftFolder;
import dev.rootstock.training.checkpoint.StoredFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Models of a store, whole or as an adapter on another, as weights on a device. */
final class StoredModel {
  private StoredModel() {}

  /** Opens a model, its adapter merged. The caller closes. */
  static Backend open(ArtifactStore store, CheckpointRef model, Numeric numeric, int threads)
      throws IOException {
    Backend backend = Backends.open(model.shape(), Optional.empty(), numeric, threads);
    try {
      load(store, model, backend);
      return backend;
    } catch (IOException | RuntimeException failed) {
      backend.close();
      throw failed;
    }
  }

  /**
   * Fills the weights of a model, not those of an adapter that learns on it.
   *
   * @throws Hopeless if the stored bytes are not what their manifest says
   */
  static void load(ArtifactStore store, CheckpointRef model, Backend into) throws IOException {
    Manifest manifest = sound(store, model.location());
    try {
      if (model.base().isEmpty()) {
        HuggingFaceFolder.readWeights(
            new StoredFolder(store, model.location(), manifest.files()), into);
        return;
      }
      load(store, sound(store, model.base().get()).result(CheckpointRef.class), into);
      StoredFile config = file(manifest, model.location(), PeftFolder.CONFIG);
      StoredFile adapter = file(manifest, model.location(), PeftFolder.WEIGHTS);
      try (InputStream in = store.open(model.location() + "/" + adapter.path())) {
        PeftFolder.merge(
            in,
            adapter.bytes(),
            PeftFolder.readConfig(store.read(model.location() + "/" + config.path())),
            into);
      }
    } catch (BadTensors bad) {
      throw new Hopeless("CorruptStore", model.location() + ": " + bad.getMessage());
    }
  }

  /** The files of a model, an adapter's own if it is one. */
  static StoredFolder folder(ArtifactStore store, CheckpointRef model) throws IOException {
    return new StoredFolder(
        store,
        model.location(),
        Artifacts.read(store, model.location())
            .orElseThrow(
                () -> new Hopeless("CorruptStore", model.location() + " has no readable manifest"))
            .files());
  }

  /** The files of the whole model below: those of an adapter's base. */
  static StoredFolder whole(ArtifactStore store, CheckpointRef model) throws IOException {
    StoredFolder own = folder(store, model);
    return model.base().isEmpty()
        ? own
        : whole(
            store,
            Artifacts.read(store, model.base().get())
                .orElseThrow(
                    () -> new Hopeless("CorruptStore", model.base().get() + " has no manifest"))
                .result(CheckpointRef.class));
  }

  private static Manifest sound(ArtifactStore store, String folder) throws IOException {
    List<String> faults = Artifacts.faults(store, folder);
    if (!faults.isEmpty()) {
      throw new Hopeless("CorruptStore", String.join("; ", faults));
    }
    return Artifacts.read(store, folder).orElseThrow();
  }

  private static StoredFile file(Manifest manifest, String folder, String name) {
    return manifest.files().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Hopeless("CorruptStore", folder + " has no " + name));
  }
}
