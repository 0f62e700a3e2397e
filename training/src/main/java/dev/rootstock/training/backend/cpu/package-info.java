/**
 * The fast backend for float32 without a GPU: one thread a core over whole sequences, OpenBLAS on
 * one thread each, and Vector API kernels over ND4J's off-heap arrays. The order of every sum is
 * written down, since it decides bits.
 *
 * <p>Names carry shapes: N tokens of a chunk (sequences · time), T time, D width, H heads, K
 * kvHeads, W headWidth, A = H·W, Q = A + 2·K·W, F inner, G = 2·F (gate and up; GPT-2: F), V
 * vocabulary, R rank, E rows of logits computed at once. Kernels take memory and the place of its
 * first element in bytes, as {@link Access} does.
 */
package dev.rootstock.training.backend.cpu;
