package dev.rootstock.contract;

/**
 * Trained weights: a loadable folder of the store.
 *
 * @param location store key of the folder, {@code checkpoints/<fp>/step-00000500}
 * @param base store key of the folder an adapter belongs to; empty where the folder holds a whole
 *     model
 */
public record CheckpointRef(
    Fingerprint fingerprint,
    String location,
    long step,
    ModelShape shape,
    Fingerprint tokenizer,
    java.util.Optional<String> base)
    implements HandedOn {}
