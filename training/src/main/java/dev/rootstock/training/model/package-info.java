/**
 * The one definition of a model, free of native code: its tensors by name, and the order of its
 * operations.
 */
package dev.rootstock.training.model;
