/**
 * A second opinion: the same models from scalar derivatives, slow, in float64, sharing no code with
 * what they check.
 */
package dev.rootstock.training.reference;
