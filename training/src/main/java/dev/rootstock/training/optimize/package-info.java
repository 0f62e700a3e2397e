/** Where learning starts, and when it has failed. */
package dev.rootstock.training.optimize;
