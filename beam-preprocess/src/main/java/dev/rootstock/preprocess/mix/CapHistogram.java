package dev.rootstock.preprocess.mix;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many bytes of one source lie where in the order of {@link CapHash}: enough to tell within
 * which bucket a cap is reached. Adds up in any order. Not thread-safe.
 */
public final class CapHistogram implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BITS = 12;
  private static final int SHIFT = 62 - BITS;

  private final long[] bytes = new long[1 << BITS];

  /**
   * A part of the order.
   *
   * @param from hash at which it begins; {@code to}: before which it ends
   * @param before bytes of all that lie before it
   */
  public record Bucket(long from, long to, long before) implements Serializable {
    public boolean holds(long hash) {
      return hash >= from && hash < to;
    }
  }

  /** Notes a document. */
  public void add(long hash, long documentBytes) {
    bytes[(int) (hash >>> SHIFT)] += documentBytes;
  }

  /** Adds what others noted. */
  public void add(CapHistogram more) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] += more.bytes[i];
    }
  }

  /** The bucket within which {@code cap} bytes are passed; empty if all of it fits. */
  public Optional<Bucket> crossing(long cap) {
    long before = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (before + bytes[i] > cap) {
        return Optional.of(new Bucket((long) i << SHIFT, (i + 1L) << SHIFT, before));
      }
      before += bytes[i];
    }
    return Optional.empty();
  }

  long[] buckets() {
    return bytes.clone();
  }

  static CapHistogram of(long[] buckets) {
    CapHistogram histogram = new CapHistogram();
    System.arraycopy(buckets, 0, histogram.bytes, 0, buckets.length);
    return histogram;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CapHistogram histogram && Arrays.equals(bytes, histogram.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
