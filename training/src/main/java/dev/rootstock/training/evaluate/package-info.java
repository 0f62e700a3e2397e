/** How good a model is, and what it says. */
package dev.rootstock.training.evaluate;
