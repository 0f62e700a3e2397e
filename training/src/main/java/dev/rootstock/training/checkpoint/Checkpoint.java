package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.ModelTensors;
import dev.rootstock.training.checkpoint.HuggingFaceFolder.EndOfText;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
   * @param shard bytes of tensors in one file, at most
   * @return sha256 of the tensors' files, by name
   */
  public static Map<String, String> write(
      Path folder,
      ModelShape shape,
      ModelTensors model,
      Map<String, byte[]> tokenizer,
      EndOfText endOfText,
      TrainingState state,
      long shard)
      throws IOException {
    Map<String, String> sums = new HashMap<>();
    sums.putAll(HuggingFaceFolder.write(folder, shape, model, tokenizer, endOfText, shard));
    sums.putAll(
        HuggingFaceFolder.writeTensors(
            folder,
            MOMENTS,
            model,
            trained(model),
            ENDINGS,
            HuggingFaceFolder.typeOf(model),
            shard));
    Files.writeString(folder.resolve(TrainingState.NAME), state.json());
    return sums;
  }

  /**
   * Fills weights and moments.
   *
   * @throws BadTensors if they are not those of this model, or not finite
   */
  public static TrainingState restore(ArtifactStore store, Checkpoints.Saved saved, Backend model)
      throws IOException {
    StoredFolder files = files(store, saved);
    HuggingFaceFolder.readWeights(files, model);
    HuggingFaceFolder.readTensors(files, MOMENTS, model, trained(model), ENDINGS);
    return TrainingState.parse(new String(files.read(TrainingState.NAME), StandardCharsets.UTF_8));
  }

  /** The bytes of one of its small files. */
  public static byte[] read(ArtifactStore store, Checkpoints.Saved saved, String name)
      throws IOException {
    return files(store, saved).read(name);
  }

  private static StoredFolder files(ArtifactStore store, Checkpoints.Saved saved) {
    return new StoredFolder(store, saved.folder(), saved.manifest().files());
  }

  private static List<TensorLayout> trained(ModelTensors model) {
    return model.layout().stream().filter(TensorLayout::trained).toList();
  }
}
