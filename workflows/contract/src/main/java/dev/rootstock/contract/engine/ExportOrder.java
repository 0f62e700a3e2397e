package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Default;
import java.util.Optional;

/**
 * Verb {@code export}: a Hugging Face folder that {@code transformers} loads, an adapter merged
 * into its base; or the adapter alone, as {@code peft} loads it. Result: {@link Exported}.
 *
 * @param folder a local path that does not exist yet, or is empty
 * @param dtype of the weights written; empty: that of the folder they came from, else float32
 * @param shardBytes of weights in one file, at most; more go to several with an index
 * @param content default merged; an adapter's files are given out as they lie in the store
 */
public record ExportOrder(
    Attempt attempt,
    CheckpointRef model,
    String folder,
    Optional<Dtype> dtype,
    @Default("5000000000") long shardBytes,
    @Default("\"merged\"") Content content) {
  public ExportOrder {
    new Check()
        .positive("shardBytes", shardBytes)
        .that(
            content == Content.MERGED || dtype.isEmpty(),
            "dtype",
            "given",
            "left out for an adapter alone, whose files stay as they are")
        .done();
  }

  /** A whole model. */
  public ExportOrder(
      Attempt attempt, CheckpointRef model, String folder, Optional<Dtype> dtype, long shardBytes) {
    this(attempt, model, folder, dtype, shardBytes, Content.MERGED);
  }

  /** In the dtype the weights have, in files of the usual size. */
  public ExportOrder(Attempt attempt, CheckpointRef model, String folder) {
    this(attempt, model, folder, Optional.empty(), 5_000_000_000L);
  }

  /** How much of a model is given out. */
  public enum Content {
    MERGED,
    ADAPTER
  }

  /** How weights are stored. */
  public enum Dtype {
    FLOAT32,
    BFLOAT16,
    /** Refused where a weight is beyond 65504. */
    FLOAT16
  }
}
