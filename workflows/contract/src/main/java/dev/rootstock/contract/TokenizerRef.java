package dev.rootstock.contract;

/**
 * A tokenizer: {@code tokenizer.json} and {@code tokenizer_config.json} in one folder of the store.
 *
 * @param vocabulary number of ids
 * @param bytesPerToken UTF-8 bytes a token covers, over the pieces of training documents it was
 *     learned from
 */
public record TokenizerRef(Fingerprint fingerprint, int vocabulary, double bytesPerToken)
    implements HandedOn {}
