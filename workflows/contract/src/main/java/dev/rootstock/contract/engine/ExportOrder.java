package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;

/**
 * Verb {@code export}: a Hugging Face folder that {@code transformers} loads; an adapter is merged
 * into its base. Result: {@link Exported}.
 *
 * @param folder a local path that does not exist yet, or is empty
 */
public record ExportOrder(Attempt attempt, CheckpointRef model, String folder) {}
