package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.Checkpoint;
import dev.rootstock.training.checkpoint.TrainingCheckpoints;
import dev.rootstock.training.checkpoint.TrainingState;
import dev.rootstock.training.data.TokenBatches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves and restores one pretraining. Not thread-safe. */
final class PretrainSaves {
  private final PretrainOrder order;
  private final ArtifactStore store;
  private final TrainingCheckpoints checkpoints;
  private final Backend model;
  private final ModelTokenizer tokenizer;
  private final TokenBatches batches;

  PretrainSaves(
      PretrainOrder order,
      ArtifactStore store,
      Backend model,
      ModelTokenizer tokenizer,
      TokenBatches batches) {
    this.order = order;
    this.store = store;
    this.checkpoints = new TrainingCheckpoints(store, order.fingerprint());
    this.model = model;
    this.tokenizer = tokenizer;
    this.batches = batches;
  }

  /** What an earlier attempt left. */
  record Restored(String folder, long step, Metrics metrics, double seconds) {}

  /**
   * Restores the newest sound checkpoint, if there is one, and claims the training from there on.
   */
  Optional<Restored> restore() throws IOException {
    Metrics[] metrics = {new Metrics()};
    Optional<Checkpoints.Saved> saved =
        checkpoints.restoreNewest(
            candidate -> {
              TrainingState state = Checkpoint.restore(store, candidate, model);
              check(state, candidate.step());
              byte[] lines = Checkpoint.read(store, candidate, Metrics.NAME);
              metrics[0] = Metrics.parse(new String(lines, StandardCharsets.UTF_8));
            });
    checkpoints.claim(order.attempt(), saved.map(Checkpoints.Saved::step).orElse(0L));
    return saved.map(
        found ->
            new Restored(
                found.folder(), found.step(), metrics[0], found.manifest().spent().seconds()));
  }

  private void check(TrainingState state, long step) throws BadTensors {
    TrainingState wanted = state(step);
    if (state.step() != step
        || !state.tokens().equals(wanted.tokens())
        || state.nextRow() != wanted.nextRow()) {
      throw new BadTensors("its trainer state is of another step or of other tokens");
    }
    if (!state.numeric().equals(wanted.numeric())) {
      System.err.println(
          "Resumed by other arithmetic than it was begun by: "
              + wanted.numeric()
              + "; before: "
              + state.numeric()
              + ". The result is as good, and not the same to the bit.");
    }
  }

  private TrainingState state(long step) {
    PretrainSpec spec = order.pretrain();
    return new TrainingState(
        step,
        spec.steps(),
        batches.fingerprint(),
        spec.seed(),
        batches.rowsBefore(step),
        batches.rows(),
        model.describe());
  }

  /** Saves a step; returns the folder's key. */
  String save(long step, Metrics metrics, double seconds) throws IOException {
    checkpoints.hold(); // before the work of writing, too
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Checkpoint.write(
          scratch.path(),
          order.pretrain().shape(),
          model,
          tokenizer.files(),
          tokenizer.endOfText(),
          state(step));
      Files.writeString(scratch.path().resolve(Metrics.NAME), metrics.jsonl());
      return checkpoints.save(
          step, scratch.path(), (folder, files) -> manifest(folder, files, step, seconds));
    }
  }

  void keep(int count) throws IOException {
    checkpoints.keep(count);
  }

  /** Says that the training is finished, with the last checkpoint as its result. */
  CheckpointRef finish(String folder) throws IOException {
    Manifest last = Artifacts.read(store, folder).orElseThrow();
    String home = Stage.PRETRAIN.at(order.fingerprint());
    String inside = folder.substring(home.length() + 1) + "/";
    List<StoredFile> files =
        last.files().stream()
            .map(file -> new StoredFile(inside + file.path(), file.bytes(), file.sha256()))
            .toList();
    checkpoints.hold();
    Manifest finished =
        new Manifest(
            last.format(),
            last.stage(),
            last.fingerprint(),
            last.form(),
            files,
            last.result(),
            last.spent(),
            last.madeBy(),
            Instant.now());
    return Artifacts.commit(store, home, finished).result(CheckpointRef.class);
  }

  private Manifest manifest(String folder, List<StoredFile> files, long step, double seconds) {
    PretrainSpec spec = order.pretrain();
    CheckpointRef result =
        new CheckpointRef(
            order.fingerprint(),
            folder,
            step,
            spec.shape(),
            order.tokenizer().fingerprint(),
            Optional.empty());
    long tokens = batches.rowsBefore(step) * spec.shape().context();
    return new Manifest(
        1,
        Stage.PRETRAIN,
        order.fingerprint(),
        Fingerprint.form(Stage.PRETRAIN, inputs(order), spec),
        files,
        tree(result),
        new Spent(seconds, tokens * spec.shape().trainingFlopsPerToken(), tokens),
        MadeBy.of(order.attempt(), model.describe(), checkpoints.claim()),
        Instant.now());
  }

  static Map<String, Fingerprint> inputs(PretrainOrder order) {
    return Map.of(
        "tokens", order.tokens().fingerprint(), "tokenizer", order.tokenizer().fingerprint());
  }

  /** A record as a manifest's {@code result}. */
  static Map<String, Object> tree(Record record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    ((Map<?, ?>) CanonicalJson.tree(record)).forEach((key, value) -> tree.put((String) key, value));
    return tree;
  }
}
