package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ImportSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.ImportOrder;
import dev.rootstock.contract.engine.Imported;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.checkpoint.ForeignFolder;
import dev.rootstock.training.checkpoint.ForeignModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Hugging Face folder, of a whole model or of an adapter on one, into the store, byte for byte,
 * once all of it was read and found sound. Its name is made of its files' sums: the same folder
 * again is found.
 */
final class ImportVerb implements Verb<ImportOrder> {
  @Override
  public Class<ImportOrder> order() {
    return ImportOrder.class;
  }

  @Override
  public Imported carryOut(ImportOrder order, ProgressLog progress, Stop stop) throws IOException {
    ForeignFolder folder = new ForeignFolder(Path.of(order.folder()));
    if (order.base().isPresent()) {
      try (ArtifactStore store = Stores.open(order.attempt().store())) {
        return AdapterImport.store(store, folder, order.base().get(), order.attempt());
      }
    }
    ForeignModel model = ForeignModel.open(folder);
    ForeignTokenizer tokenizer = ForeignTokenizer.of(folder, model);
    long bytes = 4 * model.shape().parameters();
    Map<String, String> sums =
        model.verify(
            read -> {
              progress.at(Progress.of("import", Math.min(read, bytes), bytes, "bytes"));
              if (stop.asked()) {
                throw new Stopped("left while reading; an import begins again");
              }
            });
    List<String> notes = new ArrayList<>(model.notes());
    int spare = model.shape().vocabulary() - tokenizer.tokenizer().vocabulary();
    if (spare > 0) {
      notes.add("the model has " + spare + " ids that its tokenizer never gives; they stay");
    }
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      CheckpointRef checkpoint = keep(order, store, model, tokenizer, sums);
      return new Imported(checkpoint, List.copyOf(sums.keySet()), notes, folder.licence());
    }
  }

  private static CheckpointRef keep(
      ImportOrder order,
      ArtifactStore store,
      ForeignModel model,
      ForeignTokenizer tokenizer,
      Map<String, String> sums)
      throws IOException {
    Map<String, Fingerprint> inputs = Map.of("tokenizer", tokenizer.fingerprint());
    ImportSpec spec = new ImportSpec(sums);
    Fingerprint fingerprint = Fingerprint.of(Stage.IMPORT, inputs, spec);
    tokenizer.keep(store, order.attempt());
    String home = Stage.IMPORT.at(fingerprint);
    Optional<Manifest> present = Artifacts.find(store, home);
    if (present.isPresent()) {
      return present.get().result(CheckpointRef.class);
    }
    List<StoredFile> files = new ArrayList<>();
    for (Map.Entry<String, String> file : sums.entrySet()) {
      StoredFile stored =
          Artifacts.add(
              store, home, file.getKey(), model.folder().find(file.getKey()).orElseThrow());
      if (!stored.sha256().equals(file.getValue())) {
        throw new InvalidConfig(
            Problem.of(file.getKey(), "changed while it was read", "left alone meanwhile"));
      }
      files.add(stored);
    }
    CheckpointRef result =
        new CheckpointRef(
            fingerprint, home, 0, model.shape(), tokenizer.fingerprint(), Optional.empty());
    return Artifacts.commit(
            store,
            home,
            new Manifest(
                1,
                Stage.IMPORT,
                fingerprint,
                Fingerprint.form(Stage.IMPORT, inputs, spec),
                files,
                CanonicalJson.map(result),
                Spent.NOTHING,
                MadeBy.of(order.attempt(), "none", 0),
                Instant.now()))
        .result(CheckpointRef.class);
  }
}
