package dev.rootstock.contract;

/**
 * Packed training data: Parquet shards under one folder of the store.
 *
 * @param tokens that a pass over the training rows predicts
 * @param rows of training data
 * @param validationTokens that a pass over the validation rows predicts
 * @param validationBytes UTF-8 bytes of the text those tokens stand for: the divisor of bits per
 *     byte
 * @param context tokens a row predicts
 */
public record TokensRef(
    Fingerprint fingerprint,
    long tokens,
    long rows,
    long validationTokens,
    long validationBytes,
    int context)
    implements HandedOn {}
