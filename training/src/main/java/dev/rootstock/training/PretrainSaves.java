package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.ModelTensors;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.Checkpoint;
import dev.rootstock.training.checkpoint.Keeping;
import dev.rootstock.training.checkpoint.Snapshot;
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
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Saves and restores one pretraining. Beside the training where there is a snapshot to write from,
 * one checkpoint at a time, or else in line. Used by one thread; close it before what it was made
 * of.
 */
final class PretrainSaves implements AutoCloseable {
  private final PretrainOrder order;
  private final ArtifactStore store;
  private final TrainingCheckpoints checkpoints;
  private final Backend model;
  private final ModelTokenizer tokenizer;
  private final TokenBatches batches;
  private final Optional<Snapshot> snapshot;
  private final String numeric;
  private final SaveThread beside = new SaveThread();

  PretrainSaves(
      PretrainOrder order,
      ArtifactStore store,
      Backend model,
      ModelTokenizer tokenizer,
      TokenBatches batches,
      Optional<Snapshot> snapshot) {
    this.order = order;
    this.store = store;
    this.checkpoints = new TrainingCheckpoints(store, order.fingerprint());
    this.model = model;
    this.tokenizer = tokenizer;
    this.batches = batches;
    this.snapshot = snapshot;
    this.numeric = model.describe();
  }

  /** What an earlier attempt left. */
  record Restored(String folder, long step, Metrics metrics, double seconds) {}

  /**
   * Restores the newest sound checkpoint, if there is one, and claims the training from there on.
   *
   * @param teller is told of those that are not sound
   */
  Optional<Restored> restore(Consumer<String> teller) throws IOException {
    Metrics[] metrics = {new Metrics()};
    Optional<Checkpoints.Saved> saved =
        checkpoints.restoreNewest(
            candidate -> {
              TrainingState state = Checkpoint.restore(store, candidate, model);
              check(state, candidate.step());
              byte[] lines = Checkpoint.read(store, candidate, Metrics.NAME);
              metrics[0] = Metrics.parse(new String(lines, StandardCharsets.UTF_8));
            },
            teller);
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
        numeric);
  }

  /** Whether a checkpoint is being written beside the training. */
  boolean busy() {
    return beside.busy();
  }

  /** Throws what the last save beside the training failed with, if it has. */
  void check() throws IOException {
    beside.check();
  }

  /**
   * Saves a step in line, after the save that may be under way.
   *
   * @param done told of the step once its manifest is there
   * @return the folder's key
   */
  String save(long step, Metrics metrics, double seconds, LongConsumer done) throws IOException {
    beside.await();
    return write(step, model, metrics, seconds, done);
  }

  /** Copies a step and saves the copy beside the training; waits only for the save before. */
  void saveBeside(long step, Metrics metrics, double seconds, LongConsumer done)
      throws IOException {
    if (snapshot.isEmpty()) {
      save(step, metrics, seconds, done);
      return;
    }
    beside.await();
    snapshot.get().take();
    Metrics until = metrics.copy();
    beside.begin(step, () -> write(step, snapshot.get(), until, seconds, done));
  }

  private String write(
      long step, ModelTensors tensors, Metrics metrics, double seconds, LongConsumer done)
      throws IOException {
    checkpoints.hold(); // before the work of writing, too
    String key;
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Map<String, String> sums =
          Checkpoint.write(
              scratch.path(),
              order.pretrain().shape(),
              tensors,
              tokenizer.files(),
              tokenizer.endOfText(),
              state(step),
              order.cadence().shardBytes());
      Files.writeString(scratch.path().resolve(Metrics.NAME), metrics.jsonl());
      key =
          checkpoints.save(
              step,
              scratch.path(),
              sums,
              (folder, files) -> manifest(folder, files, step, seconds));
    }
    done.accept(step);
    Cadence cadence = order.cadence();
    checkpoints.keep(
        new Keeping(
            cadence.keep(),
            cadence.keepEvery(),
            cadence.keepBest() ? metrics.best() : Optional.empty()));
    return key;
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
        2,
        Stage.PRETRAIN,
        order.fingerprint(),
        Fingerprint.form(Stage.PRETRAIN, order.inputs(), spec),
        files,
        tree(result),
        new Spent(seconds, tokens * spec.shape().trainingFlopsPerToken(), tokens),
        MadeBy.of(order.attempt(), numeric, checkpoints.claim()),
        Instant.now());
  }

  /** A record as a manifest's {@code result}. */
  static Map<String, Object> tree(Record record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    ((Map<?, ?>) CanonicalJson.tree(record)).forEach((key, value) -> tree.put((String) key, value));
    return tree;
  }

  /** Waits for the save that may be under way. */
  @Override
  public void close() throws IOException {
    beside.close();
  }
}
