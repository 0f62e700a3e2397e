package dev.rootstock.contract;

import java.util.Optional;

/**
 * The base that another goes on from.
 *
 * @param checkpoint a whole model, not an adapter
 * @param tokens that it was grown on; empty where these are not known, as of an imported model
 */
public record Ancestor(CheckpointRef checkpoint, Optional<TokensRef> tokens) implements HandedOn {}
