package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartTest {
  private static Part weighing(double weight) {
    return new Part(0, 0, "part", "sum", weight);
  }

  private double mean(double weight) {
    return IntStream.range(0, 10_000)
        .map(i -> weighing(weight).copies(String.format("%032x", i)))
        .average()
        .orElse(0);
  }

  @Test
  void wholeWeightsRepeatExactly() {
    assertThat(IntStream.range(0, 1_000).map(i -> weighing(1).copies("id" + i))).containsOnly(1);
  }

  @Test
  void fractionsAreMetOverManyDocuments() {
    assertThat(mean(2.5)).isBetween(2.48, 2.52);
    assertThat(mean(0.25)).isBetween(0.23, 0.27);
  }

  @Test
  void aDocumentAlwaysGetsTheSame() {
    assertThat(weighing(0.25).copies("a"))
        .isEqualTo(new Part(7, 3, "other", "other", 0.25).copies("a"));
  }
}
