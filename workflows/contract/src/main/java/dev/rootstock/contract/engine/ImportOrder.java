package dev.rootstock.contract.engine;

/**
 * Verb {@code import}: a Hugging Face folder into the store, as an artifact. Nothing in the folder
 * is trusted: a model that can not be computed here exactly is refused. Result: {@link Imported}.
 *
 * @param folder a local path
 */
public record ImportOrder(Attempt attempt, String folder) {}
