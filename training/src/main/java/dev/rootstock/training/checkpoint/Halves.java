package dev.rootstock.training.checkpoint;

/** Floats of 16 bits: IEEE 754 binary16, and bfloat16, the upper half of a float. */
final class Halves {
  private static final float SUBNORMAL = 0x1p-24f; // a step below binary16's least normal number
  private static final float LEAST_NORMAL = 0x1p-14f;
  private static final float HALFWAY_TO_INFINITY = 65520f; // beyond 65504, the largest

  private Halves() {}

  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** To the nearest, ties to even; a NaN stays one. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  static float fromFloat16(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        exponent == 0
            ? fraction * SUBNORMAL
            : exponent == 31
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    return bits < 0 ? -size : size;
  }

  /** To the nearest, ties to even; what is too large becomes infinite, a NaN stays one. */
  static short toFloat16(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (size >= HALFWAY_TO_INFINITY) {
      return (short) (sign | 0x7c00);
    }
    if (size < LEAST_NORMAL) {
      return (short) (sign | (int) Math.rint(size / (double) SUBNORMAL));
    }
    int bits = Float.floatToRawIntBits(size) - (127 - 15 << 23);
    return (short) (sign | bits + 0xfff + (bits >>> 13 & 1) >>> 13);
  }
}
