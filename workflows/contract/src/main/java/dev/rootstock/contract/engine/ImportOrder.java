package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;
import java.util.Optional;

/**
 * Verb {@code import}: a Hugging Face folder into the store, as an artifact. Nothing in the folder
 * is trusted: a model that can not be computed here exactly is refused. Result: {@link Imported}.
 *
 * @param folder a local path
 * @param base what the folder's LoRA adapter was made on; empty: the folder holds a whole model
 */
public record ImportOrder(Attempt attempt, String folder, Optional<CheckpointRef> base) {
  /** Of a whole model. */
  public ImportOrder(Attempt attempt, String folder) {
    this(attempt, folder, Optional.empty());
  }
}
