package dev.rootstock.preprocess.compare;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is left of a text's set of shingles: enough to find the texts with much the same set, and to
 * estimate the Jaccard similarity of two sets. Immutable.
 *
 * <p>{@value #BINS} least hashes are drawn by fast similarity sketching (Dahlgaard, Knudsen and
 * Thorup, 2017): a shingle falls into one bin a round, bins still empty are filled in the next
 * round, so two sets agree in a bin as often as they are similar, and the cost hardly grows with
 * the number of bins. The first {@value #BANDS} x {@value #ROWS} of them are kept as hashes of
 * bands, and of every one a single bit.
 */
final class Signature implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int BINS = 2048;
  static final int BANDS = 16;
  static final int ROWS = 5;
  static final int BYTES = Hash128.BYTES + BANDS * Long.BYTES + BINS / Byte.SIZE;

  private static final int TO_BIN = Long.SIZE - Integer.numberOfTrailingZeros(BINS);
  private static final int VALUE = 50; // bits; 12 above them count rounds, so an earlier one wins
  private static final long VALUES = (1L << VALUE) - 1;
  private static final int UNUSED = TO_BIN - VALUE; // a product's lowest bits are its poorest
  private static final int BIT =
      VALUE / 2; // kept of a value; the high ones of a least value lean to 0

  private final Hash128 whole;
  private final long[] bands;
  private final long[] bits;

  private Signature(Hash128 whole, long[] bands, long[] bits) {
    this.whole = whole;
    this.bands = bands;
    this.bits = bits;
  }

  /**
   * The signature of a set.
   *
   * @param shingles hashes, at least one; order and repetition do not matter
   */
  static Signature of(long[] shingles) {
    long[] least = least(shingles);
    long[] bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long hash = band + 1;
      for (int row = 0; row < ROWS; row++) {
        hash = Mix.of(hash ^ least[band * ROWS + row]);
      }
      bands[band] = hash;
    }
    long[] bits = new long[BINS / Long.SIZE];
    long high = 1;
    long low = 2;
    for (int bin = 0; bin < BINS; bin++) {
      bits[bin / Long.SIZE] |= (least[bin] >>> BIT & 1) << bin;
      high = Mix.add(Long.rotateLeft(high, 29), least[bin]);
      low = Mix.add(Long.rotateLeft(low, 31), least[bin]);
    }
    return new Signature(new Hash128(Mix.of(high), Mix.of(low)), bands, bits);
  }

  private static long[] least(long[] shingles) {
    long[] least = new long[BINS];
    Arrays.fill(least, Long.MAX_VALUE);
    int empty = BINS;
    for (int round = 0; round < BINS && empty > 0; round++) {
      long factor = Mix.seed(round) | 1;
      long filled = (long) round << VALUE;
      for (long shingle : shingles) {
        long hash = shingle * factor; // spreads well enough: shingles are hashes already
        int bin = (int) (hash >>> TO_BIN);
        long value = filled | hash >>> UNUSED & VALUES;
        if (value < least[bin]) {
          empty -= least[bin] == Long.MAX_VALUE ? 1 : 0;
          least[bin] = value;
        }
      }
    }
    // Few shingles may miss a bin again and again.
    for (int bin = 0; bin < BINS && empty > 0; bin++) {
      if (least[bin] == Long.MAX_VALUE) {
        least[bin] = leastOfAll(shingles, BINS + bin);
        empty--;
      }
    }
    return least;
  }

  private static long leastOfAll(long[] shingles, int round) {
    long factor = Mix.seed(round) | 1;
    long least = VALUES;
    for (long shingle : shingles) {
      least = Math.min(least, shingle * factor >>> UNUSED & VALUES);
    }
    return (long) round << VALUE | least;
  }

  /** Stands for all least hashes: texts with one set of shingles have one of these. */
  Hash128 whole() {
    return whole;
  }

  /** Hash of band {@code band}, from 0. Equal with probability similarity to the power of ROWS. */
  long band(int band) {
    return bands[band];
  }

  /** The Jaccard similarity, give or take {@link #error}; around 0 it may be negative. */
  double similarity(Signature other) {
    int different = 0;
    for (int i = 0; i < bits.length; i++) {
      different += Long.bitCount(bits[i] ^ other.bits[i]);
    }
    return 1 - 2.0 * different / BINS;
  }

  /** Standard error of an estimate at a true similarity; less for texts of few shingles. */
  static double error(double similarity) {
    return Math.sqrt((1 - similarity * similarity) / BINS);
  }

  void write(ByteBuffer bytes) {
    whole.write(bytes);
    for (long band : bands) {
      bytes.putLong(band);
    }
    for (long word : bits) {
      bytes.putLong(word);
    }
  }

  static Signature read(ByteBuffer bytes) {
    Hash128 whole = Hash128.read(bytes);
    long[] bands = new long[BANDS];
    for (int i = 0; i < BANDS; i++) {
      bands[i] = bytes.getLong();
    }
    long[] bits = new long[BINS / Long.SIZE];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = bytes.getLong();
    }
    return new Signature(whole, bands, bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that
        && whole.equals(that.whole)
        && Arrays.equals(bands, that.bands)
        && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return whole.hashCode();
  }

  @Override
  public String toString() {
    return "signature " + whole;
  }
}
