/** Shards and labelled rows as batches; which batch comes is a pure function of the step. */
package dev.rootstock.training.data;
