/** The pipeline timed beside a plain loop over the same steps. */
package dev.rootstock.preprocess.bench;
