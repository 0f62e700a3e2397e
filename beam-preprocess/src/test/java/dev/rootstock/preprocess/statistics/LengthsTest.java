package dev.rootstock.preprocess.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class LengthsTest {
  @Test
  void everyLengthLiesBetweenItsBucketsBounds() {
    for (long length = 0; length < 100_000; length++) {
      int bucket = Lengths.bucket(length);
      assertThat(Lengths.from(bucket)).isLessThanOrEqualTo(length);
      assertThat(Lengths.from(bucket + 1)).isGreaterThan(length);
    }
  }

  @Test
  void theBoundsAreTheExactHalfDoublings() {
    for (int octave = 0; octave <= 30; octave++) {
      assertThat(Lengths.from(1 + 2 * octave)).isEqualTo(1L << octave);
      BigInteger bound = BigInteger.valueOf(Lengths.from(2 + 2 * octave));
      BigInteger square = BigInteger.ONE.shiftLeft(2 * octave + 1);
      assertThat(bound.pow(2)).isGreaterThanOrEqualTo(square);
      assertThat(bound.subtract(BigInteger.ONE).pow(2)).isLessThan(square);
    }
  }
}
