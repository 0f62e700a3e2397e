package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.PeftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Stores what a finetune came to: the model's folder, then the result. */
record FinetuneSave(
    FinetuneOrder order, ArtifactStore store, Backend model, ModelTokenizer tokenizer) {
  /**
   * Stores a model and its result.
   *
   * @param unplaced the result, its checkpoint's location still empty
   * @return the result that holds, an earlier attempt's if that came first
   */
  FinetuneResult save(FinetuneResult unplaced, Metrics metrics) throws IOException {
    String home = Stage.FINETUNE.at(order.fingerprint());
    String inside = Checkpoints.folderOf(unplaced.steps());
    String folder = home + "/" + inside;
    List<StoredFile> files = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      write(scratch.path(), unplaced.checkpoint());
      Files.writeString(scratch.path().resolve(Metrics.NAME), metrics.jsonl());
      try (Stream<Path> list = Files.list(scratch.path())) {
        for (Path file : list.sorted().toList()) {
          files.add(Artifacts.add(store, folder, file.getFileName().toString(), file));
        }
      }
    }
    CheckpointRef unfound = unplaced.checkpoint();
    CheckpointRef placed =
        new CheckpointRef(
            unfound.fingerprint(),
            folder,
            unfound.step(),
            unfound.shape(),
            unfound.tokenizer(),
            unfound.base());
    FinetuneResult result =
        new FinetuneResult(
            placed,
            unplaced.scores(),
            unplaced.before(),
            unplaced.heldOutBefore(),
            unplaced.heldOutAfter(),
            unplaced.trainRows(),
            unplaced.steps(),
            unplaced.trainable(),
            unplaced.spent(),
            unplaced.sample());
    Manifest model = Artifacts.commit(store, folder, manifest(files, placed, result));
    List<StoredFile> whole =
        model.files().stream()
            .map(file -> new StoredFile(inside + "/" + file.path(), file.bytes(), file.sha256()))
            .toList();
    return Artifacts.commit(store, home, manifest(whole, result, result))
        .result(FinetuneResult.class);
  }

  private void write(Path folder, CheckpointRef checkpoint) throws IOException {
    FinetuneSpec spec = order.finetune();
    if (spec.lora().isPresent()) {
      PeftFolder.write(
          folder, checkpoint.shape(), spec.lora().get(), model, checkpoint.base().orElseThrow());
      HuggingFaceFolder.writeTokenizer(folder, tokenizer.files(), tokenizer.endOfText());
    } else {
      HuggingFaceFolder.write(
          folder, checkpoint.shape(), model, tokenizer.files(), tokenizer.endOfText());
    }
  }

  private Manifest manifest(List<StoredFile> files, Record result, FinetuneResult figures) {
    Map<String, Object> form =
        Fingerprint.form(Stage.FINETUNE, FinetuneVerb.inputs(order), order.finetune());
    return new Manifest(
        1,
        Stage.FINETUNE,
        order.fingerprint(),
        form,
        files,
        PretrainSaves.tree(result),
        figures.spent(),
        MadeBy.of(order.attempt(), model.describe(), 0),
        Instant.now());
  }
}
