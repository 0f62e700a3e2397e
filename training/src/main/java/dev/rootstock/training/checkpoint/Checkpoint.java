package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.HuggingFaceFolder.EndOfText;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Weights, moments and state, saved as one: a Hugging Face folder from which training goes on. */
public final class Checkpoint {
  static final String MOMENTS = "optimizer.safetensors";

  private static final Map<String, Backend.Kind> ENDINGS =
      Map.of(".exp_avg", Backend.Kind.EXP_AVG, ".exp_avg_sq", Backend.Kind.EXP_AVG_SQ);

  private Checkpoint() {}

  /**
   * Writes a checkpoint's files, its manifest excepted. Equal states give equal bytes.
   *
   * @param folder exists
   */
  public static void write(
      Path folder,
      ModelShape shape,
      Backend model,
      Map<String, byte[]> tokenizer,
      EndOfText endOfText,
      TrainingState state)
      throws IOException {
    HuggingFaceFolder.write(folder, shape, model, tokenizer, endOfText);
    HuggingFaceFolder.writeTensors(
        folder.resolve(MOMENTS), model, trained(model), ENDINGS, HuggingFaceFolder.typeOf(model));
    Files.writeString(folder.resolve(TrainingState.NAME), state.json());
  }

  /**
   * Fills weights and moments.
   *
   * @throws BadTensors if they are not those of this model, or not finite
   */
  public static TrainingState restore(ArtifactStore store, Checkpoints.Saved saved, Backend model)
      throws IOException {
    StoredFile weights = file(saved, HuggingFaceFolder.WEIGHTS);
    try (InputStream in = store.open(saved.folder() + "/" + weights.path())) {
      HuggingFaceFolder.readWeights(in, weights.bytes(), model);
    }
    StoredFile moments = file(saved, MOMENTS);
    try (InputStream in = store.open(saved.folder() + "/" + moments.path())) {
      HuggingFaceFolder.readTensors(in, moments.bytes(), model, trained(model), ENDINGS);
    }
    return TrainingState.parse(
        new String(read(store, saved, TrainingState.NAME), StandardCharsets.UTF_8));
  }

  /** The bytes of one of its files. */
  public static byte[] read(ArtifactStore store, Checkpoints.Saved saved, String name)
      throws IOException {
    return store.read(saved.folder() + "/" + file(saved, name).path());
  }

  private static StoredFile file(Checkpoints.Saved saved, String name) throws BadTensors {
    return saved.manifest().files().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BadTensors(saved.folder() + " has no " + name));
  }

  private static List<TensorLayout> trained(Backend model) {
    return model.layout().stream().filter(TensorLayout::trained).toList();
  }
}
