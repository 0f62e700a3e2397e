package dev.rootstock.preprocess.tokenize;

import java.io.Serializable;

/**
 * How the parts of one artifact are packed.
 *
 * @param context tokens a row predicts
 * @param tokenizer store key of a {@code tokenizer.json}
 * @param tokenizerName its fingerprint
 */
public record Packing(int context, String tokenizer, String tokenizerName)
    implements Serializable {}
