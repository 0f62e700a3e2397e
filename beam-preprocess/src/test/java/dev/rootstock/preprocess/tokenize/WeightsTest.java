package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private final Weights weights = new Weights(List.of(1.0, 2.5, 0.25));

  private double mean(int source) {
    return IntStream.range(0, 10_000)
        .map(i -> weights.copies(String.format("%032x", i), source))
        .average()
        .orElse(0);
  }

  @Test
  void wholeWeightsRepeatExactly() {
    assertThat(IntStream.range(0, 1_000).map(i -> weights.copies("id" + i, 0))).containsOnly(1);
  }

  @Test
  void fractionsAreMetOverManyDocuments() {
    assertThat(mean(1)).isBetween(2.48, 2.52);
    assertThat(mean(2)).isBetween(0.23, 0.27);
  }

  @Test
  void aDocumentAlwaysGetsTheSame() {
    assertThat(weights.copies("a", 2))
        .isEqualTo(new Weights(List.of(9.0, 9.0, 0.25)).copies("a", 2));
  }
}
