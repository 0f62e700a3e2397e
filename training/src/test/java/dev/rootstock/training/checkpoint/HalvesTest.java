package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HalvesTest {
  private static final int NEGATIVE = 0x8000;

  @Test
  void everyHalfIsItselfAgain() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      if (!Float.isNaN(Halves.fromFloat16(half))) {
        assertThat(Halves.toFloat16(Halves.fromFloat16(half))).isEqualTo(half);
      }
      if (!Float.isNaN(Halves.fromBfloat16(half))) {
        assertThat(Halves.toBfloat16(Halves.fromBfloat16(half))).isEqualTo(half);
      }
    }
  }

  @Test
  void otherFloatsGoToTheNearestAndToEvenWhereTwoAreNearest() {
    Random random = new Random(3);
    for (int round = 0; round < 200_000; round++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertNearest(
            value, Halves.toBfloat16(value), 0x7f80, at -> Halves.fromBfloat16((short) at));
      }
      float small =
          (float) ((random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(44) - 27));
      if (Math.abs(small) < 65504) {
        assertNearest(small, Halves.toFloat16(small), 0x7c00, at -> Halves.fromFloat16((short) at));
      }
    }
    assertThat(Halves.toBfloat16(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
    assertThat(Halves.toBfloat16(1 + 0x3p-8f)).isEqualTo((short) 0x3f82);
    assertThat(Halves.toFloat16(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(Halves.toFloat16(0x3p-25f)).isEqualTo((short) 2);
  }

  private static void assertNearest(
      float value, short found, int infinity, IntFunction<Float> value16) {
    int size = found & ~NEGATIVE & 0xffff;
    BigDecimal exact = new BigDecimal(Math.abs((double) value));
    if (size == infinity) {
      return; // beyond the largest: overflow is the caller's to refuse
    }
    BigDecimal own = exact.subtract(new BigDecimal(value16.apply(size))).abs();
    for (int other : new int[] {size - 1, size + 1}) {
      if (other >= 0 && other < infinity) {
        int order = own.compareTo(exact.subtract(new BigDecimal(value16.apply(other))).abs());
        assertThat(order < 0 || (order == 0 && size % 2 == 0)).as("%s", value).isTrue();
      }
    }
  }

  @Test
  void notANumberStaysNoneAndWhatIsTooLargeBecomesInfinite() {
    float hidden = Float.intBitsToFloat(0x7f800001); // a NaN whose upper half is infinite
    assertThat(Halves.fromBfloat16(Halves.toBfloat16(hidden))).isNaN();
    assertThat(Halves.fromFloat16(Halves.toFloat16(hidden))).isNaN();
    assertThat(Halves.fromFloat16(Halves.toFloat16(65519f))).isEqualTo(65504f);
    assertThat(Halves.fromFloat16(Halves.toFloat16(-65520f))).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
