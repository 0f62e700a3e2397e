package dev.rootstock.training.model;

import java.util.Optional;

/**
 * Which inputs of adapters are left out: a pure function of seed, adapter, position and column, so
 * that threads and chunks change nothing. What stays is scaled up.
 *
 * @param share left out
 * @param first position, counted over the whole training, of a chunk's first row
 */
public record DropoutMask(double share, long seed, long first) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Empty: nothing is left out. */
  public static Optional<DropoutMask> of(Learns learns) {
    return learns
        .adapter()
        .flatMap(lora -> lora.dropout())
        .map(share -> new DropoutMask(share, learns.seed(), 0));
  }

  public DropoutMask from(long position) {
    return new DropoutMask(share, seed, position);
  }

  /** Whether a value stays. */
  public boolean stays(long row, int column) {
    return (mix(row + column * GOLDEN) >>> 11) * 0x1.0p-53 >= share;
  }

  /**
   * What {@link #stays} takes for a row of the chunk.
   *
   * @param adapter tells adapters apart
   */
  public long row(long adapter, int n) {
    return mix(mix(seed * GOLDEN + adapter) + (first + n) * GOLDEN);
  }

  /** The factor of each value of a row: 0, or what makes up for those left out. */
  public void shares(long adapter, int n, float[] into, int count) {
    long row = row(adapter, n);
    float kept = (float) (1 / (1 - share));
    for (int i = 0; i < count; i++) {
      into[i] = stays(row, i) ? kept : 0;
    }
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
