package dev.rootstock.training.evaluate;

import java.util.function.IntPredicate;

/**
 * What a text is to go on from, and how.
 *
 * @param prompt empty: as after an end of text
 * @param most ids to write
 * @param sampler its own, begun
 * @param enough hears each id as it is written, and tells whether that is enough; on any thread
 */
public record Prompted(int[] prompt, int most, Sampler sampler, IntPredicate enough) {
  public Prompted(int[] prompt, int most, Sampler sampler) {
    this(prompt, most, sampler, id -> false);
  }
}
