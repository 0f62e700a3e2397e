package dev.rootstock.training.backend.nd4j;

/**
 * Memory for {@link Head#TILE} rows: their hidden states and logits, then the gradients of both in
 * the same place.
 */
record HeadTile(Matrix hidden, Matrix logits) {}
