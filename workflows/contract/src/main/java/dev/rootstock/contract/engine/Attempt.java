package dev.rootstock.contract.engine;

import dev.rootstock.contract.Default;

/**
 * Who asks, and how the work is to be done: what decides nothing about the result.
 *
 * @param store URI of the store, {@code file:} or {@code s3:}; credentials come from the
 *     environment
 * @param run the run that pays
 * @param number this attempt's, from 1
 * @param threads that compute; 0: all cores. One count gives one result to the bit
 */
public record Attempt(
    String store, String run, @Default("1") int number, @Default("0") int threads) {
  /** {@code threads}, or the number of cores where it is 0. */
  public int cores() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
