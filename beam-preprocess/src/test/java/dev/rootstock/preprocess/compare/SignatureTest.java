package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, and 12 more DOGS.";

  @Test
  void seedsAreTheJdksOwnSequence() {
    SplittableRandom splitMix = new SplittableRandom(0);
    for (int n = 0; n < 100; n++) {
      assertThat(Mix.seed(n)).isEqualTo(splitMix.nextLong());
    }
  }

  /** Expected values are of a program in another language, after the description alone. */
  @Test
  void numbersAreFrozen() {
    long[] shingles = Shingles.of(TEXT);
    Signature signature = Signature.of(shingles);

    assertThat(shingles).hasSize(9).startsWith(0x5a3e36d69c199be3L, 0xf119dba832dcc73fL);
    assertThat(signature.whole().hex()).isEqualTo("9228ee62b3f52213f9028d75713db5be");
    assertThat(signature.band(0)).isEqualTo(0x0a59f161f5f58f22L);
    assertThat(signature.band(15)).isEqualTo(0xcaf49640f5fc6a05L);
    assertThat(Signature.of(Shingles.of("five words and no more")).whole().hex())
        .as("a single shingle fills every bin")
        .isEqualTo("ac2de824f0c86b1868f37eb56debe61a");
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    assertThat(Signature.of(new long[] {3, 1, 2, 2, 1}))
        .isEqualTo(Signature.of(new long[] {1, 2, 3}));
    assertThat(Signature.of(new long[] {1, 2, 4})).isNotEqualTo(Signature.of(new long[] {1, 2, 3}));
  }

  @ParameterizedTest
  @CsvSource({
    "30,0.5",
    "30,0.8",
    "300,0.0",
    "300,0.5",
    "300,0.7",
    "300,0.8",
    "300,0.9",
    "5000,0.8"
  })
  void estimatesAndBandsFollowTheory(int union, double similarity) {
    int trials = union > 1000 ? 300 : 1500;
    SplittableRandom random = new SplittableRandom(union + Math.round(1000 * similarity));
    double sum = 0;
    double squares = 0;
    int candidates = 0;
    for (int trial = 0; trial < trials; trial++) {
      long[] all = random.longs(union).toArray();
      int common = (int) Math.round(similarity * union);
      int middle = common + (union - common) / 2;
      long[] other = Arrays.copyOf(all, common + union - middle);
      System.arraycopy(all, middle, other, common, union - middle);
      Signature a = Signature.of(Arrays.copyOf(all, middle));
      Signature b = Signature.of(other);
      double estimate = a.similarity(b);
      sum += estimate;
      squares += estimate * estimate;
      candidates += shareABand(a, b) ? 1 : 0;
    }
    double mean = sum / trials;
    double deviation = Math.sqrt(squares / trials - mean * mean);
    double error = Signature.error(similarity);
    double expected = 1 - Math.pow(1 - Math.pow(similarity, Signature.ROWS), Signature.BANDS);
    double spread = Math.sqrt(expected * (1 - expected) / trials);

    assertThat(mean).isCloseTo(similarity, offset(4 * error / Math.sqrt(trials)));
    assertThat(deviation).isBetween(0.75 * error, 1.12 * error);
    assertThat((double) candidates / trials).isCloseTo(expected, offset(4 * spread + 0.001));
  }

  private static boolean shareABand(Signature a, Signature b) {
    for (int band = 0; band < Signature.BANDS; band++) {
      if (a.band(band) == b.band(band)) {
        return true;
      }
    }
    return false;
  }
}
