package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Imported;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.checkpoint.AdapterCheck;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.ForeignFolder;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.PeftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An adapter that PEFT wrote, stored beside the base that it was made on. */
final class AdapterImport {
  private static final List<String> FILES = List.of(PeftFolder.CONFIG, PeftFolder.WEIGHTS);
  private static final String TOKENIZER = "tokenizer.json";

  private AdapterImport() {}

  /** What an imported adapter is named by: the sums of its two files. */
  record Content(String config, String weights) {}

  /**
   * Stores an adapter, byte for byte, after its values were read and its shapes compared with the
   * base's. It can then be evaluated, written with and exported like a finetune of ours.
   *
   * @param folder with {@value PeftFolder#CONFIG} and {@value PeftFolder#WEIGHTS}
   * @throws InvalidConfig listing what does not fit
   */
  static Imported store(
      ArtifactStore store, ForeignFolder folder, CheckpointRef base, Attempt attempt)
      throws IOException {
    StoredModel.folder(store, base);
    Content content;
    try {
      AdapterCheck.of(folder, base.shape());
      content = new Content(sum(folder, PeftFolder.CONFIG), sum(folder, PeftFolder.WEIGHTS));
    } catch (BadTensors unfit) {
      throw new InvalidConfig(
          Problem.of(
              "adapter",
              "not one of this base: " + unfit.getMessage(),
              "a LoRA adapter that PEFT saved, made on the model that base names"));
    }
    ModelTokenizer tokenizer = ModelTokenizer.read(store, base.tokenizer());
    Optional<byte[]> own = folder.bytes(TOKENIZER);
    List<String> notes =
        own.isEmpty() || Arrays.equals(own.get(), tokenizer.files().get(TOKENIZER))
            ? List.of()
            : List.of(TOKENIZER + " is not the base's to the byte; the base's is used");
    return new Imported(
        keep(store, folder, base, attempt, content, tokenizer), FILES, notes, folder.licence());
  }

  private static CheckpointRef keep(
      ArtifactStore store,
      ForeignFolder folder,
      CheckpointRef base,
      Attempt attempt,
      Content content,
      ModelTokenizer tokenizer)
      throws IOException {
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
      for (String file : FILES) {
        Files.copy(folder.find(file).orElseThrow(), scratch.path().resolve(file));
      }
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
                Spent.NOTHING,
                MadeBy.of(attempt, "none", 0),
                Instant.now()))
        .result(CheckpointRef.class);
  }

  private static String sum(ForeignFolder folder, String file) throws IOException {
    return Artifacts.sum(folder.find(file).orElseThrow());
  }
}
