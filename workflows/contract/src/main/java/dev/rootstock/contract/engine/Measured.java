package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;

/**
 * Answer to a {@link MeasureOrder}.
 *
 * @param tokens predicted
 * @param loss mean over them, in nats
 * @param bitsPerByte their whole loss in bits over the UTF-8 bytes of the whole text
 * @param window positions of one pass, at most
 * @param stride ids from one pass's beginning to the next's
 */
public record Measured(
    long tokens, double loss, double bitsPerByte, long bytes, int window, int stride)
    implements HandedOn {}
