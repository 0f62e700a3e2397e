package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Default;
import java.util.Optional;

/**
 * Verb {@code export}: a Hugging Face folder that {@code transformers} loads; an adapter is merged
 * into its base. Result: {@link Exported}.
 *
 * @param folder a local path that does not exist yet, or is empty
 * @param dtype of the weights written; empty: that of the folder they came from, else float32
 * @param shardBytes of weights in one file, at most; more go to several with an index
 */
public record ExportOrder(
    Attempt attempt,
    CheckpointRef model,
    String folder,
    Optional<Dtype> dtype,
    @Default("5000000000") long shardBytes) {
  public ExportOrder {
    new Check().positive("shardBytes", shardBytes).done();
  }

  /** In the dtype the weights have, in files of the usual size. */
  public ExportOrder(Attempt attempt, CheckpointRef model, String folder) {
    this(attempt, model, folder, Optional.empty(), 5_000_000_000L);
  }

  /** How weights are stored. */
  public enum Dtype {
    FLOAT32,
    BFLOAT16,
    /** Refused where a weight is beyond 65504. */
    FLOAT16
  }
}
