/**
 * The reference backend: ND4J's off-heap arrays, the OpenBLAS that ND4J brings, and kernels in
 * plain Java whose bits depend neither on the JDK nor on whether it has compiled them yet.
 *
 * <p>Names carry shapes: N tokens of a chunk (rows · time), B rows, T time, D width, H heads, K
 * kvHeads, W headWidth, A = H·W, P = A + K·W, Q = P + K·W, F inner, G = 2·F (gate and up; GPT-2:
 * F), V vocabulary, R rank.
 */
package dev.rootstock.training.backend.nd4j;
