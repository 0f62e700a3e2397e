package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.TokensSpec;
import java.io.Serializable;

/**
 * How the parts of one artifact are packed.
 *
 * @param context tokens a row predicts
 * @param rows how documents become rows
 * @param tokenizer store key of a {@code tokenizer.json}
 * @param tokenizerName its fingerprint
 */
public record Packing(int context, TokensSpec.Packing rows, String tokenizer, String tokenizerName)
    implements Serializable {}
