package dev.rootstock.preprocess.compare;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** 128 bits that stand for a text, or for a signature. Ordered as unsigned numbers. */
public record Hash128(long high, long low) implements Serializable, Comparable<Hash128> {
  static final int BYTES = 16;

  private static final int HALF = 16; // hexadecimal characters

  /**
   * From a document's id.
   *
   * @throws IllegalArgumentException unless {@code hex} is 32 hexadecimal characters
   */
  public static Hash128 ofHex(String hex) {
    if (hex.length() != 2 * HALF) {
      throw new IllegalArgumentException(
          "id is \"" + hex + "\"; it must be " + 2 * HALF + " hexadecimal characters");
    }
    return new Hash128(
        HexFormat.fromHexDigitsToLong(hex, 0, HALF),
        HexFormat.fromHexDigitsToLong(hex, HALF, 2 * HALF));
  }

  static Hash128 read(ByteBuffer bytes) {
    return new Hash128(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  /** 32 hexadecimal characters. */
  public String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  @Override
  public int compareTo(Hash128 other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return hex();
  }
}
