package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.PeftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An adapter that PEFT wrote, stored beside the base that it was made on. */
final class AdapterImport {
  private AdapterImport() {}

  /** What an imported adapter is named by: the sums of its two files. */
  record Content(String config, String weights) {}

  /**
   * Stores an adapter after it was merged into its base once, to see that it fits. It can then be
   * evaluated, written with and exported like a finetune of ours.
   *
   * @param folder with {@value PeftFolder#CONFIG} and {@value PeftFolder#WEIGHTS}
   * @throws InvalidConfig if the folder holds no adapter that is known here, or one of another base
   */
  static CheckpointRef store(ArtifactStore store, Path folder, CheckpointRef base, Attempt attempt)
      throws IOException {
    String device;
    Content content;
    try (Backend model = StoredModel.open(store, base, Numeric.DEFAULT, attempt.cores())) {
      content = new Content(sum(folder, PeftFolder.CONFIG), sum(folder, PeftFolder.WEIGHTS));
      PeftFolder.merge(folder, model);
      device = model.describe();
    } catch (BadTensors | NoSuchFileException unfit) {
      throw new InvalidConfig(
          Problem.of(
              "adapter",
              "\"" + folder + "\" (" + unfit.getMessage() + ")",
              "a folder with a LoRA adapter of " + base.location() + ", as PEFT writes it"));
    }
    Map<String, Fingerprint> inputs = Map.of("base", base.fingerprint());
    Fingerprint name = Fingerprint.of(Stage.FINETUNE, inputs, content);
    String place = Stage.FINETUNE.at(name) + "/" + Checkpoints.folderOf(0);
    Optional<Manifest> there = Artifacts.find(store, place);
    if (there.isPresent()) {
      return there.get().result(CheckpointRef.class);
    }
    CheckpointRef adapter =
        new CheckpointRef(
            name, place, 0, base.shape(), base.tokenizer(), Optional.of(base.location()));
    List<StoredFile> files = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      for (String file : List.of(PeftFolder.CONFIG, PeftFolder.WEIGHTS)) {
        Files.copy(folder.resolve(file), scratch.path().resolve(file));
      }
      ModelTokenizer tokenizer = ModelTokenizer.read(store, base.tokenizer());
      HuggingFaceFolder.writeTokenizer(scratch.path(), tokenizer.files(), tokenizer.endOfText());
      try (Stream<Path> list = Files.list(scratch.path())) {
        for (Path file : list.sorted().toList()) {
          files.add(Artifacts.add(store, place, file.getFileName().toString(), file));
        }
      }
    }
    return Artifacts.commit(
            store,
            place,
            new Manifest(
                1,
                Stage.FINETUNE,
                name,
                Fingerprint.form(Stage.FINETUNE, inputs, content),
                files,
                PretrainSaves.tree(adapter),
                new Spent(0, 0, 0),
                MadeBy.of(attempt, device, 0),
                Instant.now()))
        .result(CheckpointRef.class);
  }

  private static String sum(Path folder, String file) throws IOException {
    return Fingerprint.sha256(Files.readAllBytes(folder.resolve(file)));
  }
}
