package dev.rootstock.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 63, 64, 65, 100, 255, 256, 257, 1000, 4096, 4097, 10_007
      })
  void reachesEveryRowOnce(long size) {
    for (long epoch = 0; epoch < 3; epoch++) {
      Permutation permutation = new Permutation(size, 42, epoch);
      long[] reached = LongStream.range(0, size).map(permutation::at).sorted().toArray();
      assertThat(reached).isEqualTo(LongStream.range(0, size).toArray());
    }
  }

  @Test
  void ordersEpochsAndSeedsDifferentlyAndTheSameOnesAlike() {
    long[] first = order(1, 0);

    assertThat(order(1, 0)).isEqualTo(first);
    assertThat(order(1, 1)).isNotEqualTo(first);
    assertThat(order(2, 0)).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(LongStream.range(0, 500).toArray());
  }

  @Test
  void findsAPlaceAmongBillionsAtOnce() {
    Permutation permutation = new Permutation(3_000_000_000L, 5, 1);

    assertThat(LongStream.range(0, 10_000).map(permutation::at).distinct().count())
        .isEqualTo(10_000);
    assertThat(LongStream.range(0, 10_000).map(permutation::at))
        .allMatch(row -> row >= 0 && row < 3_000_000_000L);
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> new Permutation(0, 1, 1)).hasMessageContaining("at least one");
  }

  private static long[] order(long seed, long epoch) {
    Permutation permutation = new Permutation(500, seed, epoch);
    return LongStream.range(0, 500).map(permutation::at).toArray();
  }
}
