package dev.rootstock.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float[] LOGITS = {0, (float) Math.log(6), (float) Math.log(3)}; // 1 : 6 : 3

  @Test
  void greedyTakesTheLikeliestAndOfEqualsTheFirst() {
    assertThat(Sampler.greedy().next(LOGITS)).isEqualTo(1);
    assertThat(Sampler.greedy().next(new float[] {2, 5, 5})).isEqualTo(1);
  }

  @Test
  void drawsInProportion() {
    Sampler sampler = new Sampler(1, 1, 4);
    double[] share = new double[3];
    IntStream.range(0, 20_000).forEach(i -> share[sampler.next(LOGITS)] += 1 / 20_000.0);

    assertThat(share[0]).isCloseTo(0.1, within(0.01));
    assertThat(share[1]).isCloseTo(0.6, within(0.01));
    assertThat(share[2]).isCloseTo(0.3, within(0.01));
  }

  @Test
  void topPLeavesTheUnlikelyOut() {
    Sampler sampler = new Sampler(1, 0.85, 4);

    assertThat(IntStream.range(0, 2000).map(i -> sampler.next(LOGITS)).distinct().sorted())
        .containsExactly(1, 2);
    assertThat(new Sampler(1, 0.01, 1).next(LOGITS)).isEqualTo(1);
  }

  @Test
  void lowTemperatureSharpensAndTheSeedDecides() {
    Sampler cold = new Sampler(0.05, 1, 9);
    assertThat(IntStream.range(0, 500).map(i -> cold.next(LOGITS))).containsOnly(1);

    Sampler one = new Sampler(1, 1, 7);
    Sampler other = new Sampler(1, 1, 7);
    assertThat(IntStream.range(0, 100).map(i -> one.next(LOGITS)).toArray())
        .isEqualTo(IntStream.range(0, 100).map(i -> other.next(LOGITS)).toArray());
  }

  @Test
  void topKLeavesAllButTheLikeliestOut() {
    Sampler sampler = new Sampler(1, 2, 1, 1, 4);

    assertThat(IntStream.range(0, 2000).map(i -> sampler.next(LOGITS)).distinct().sorted())
        .containsExactly(1, 2);
    assertThat(new Sampler(1, 1, 1, 1, 4).next(LOGITS)).isEqualTo(1);
  }

  @Test
  void theRepetitionPenaltyDividesPositiveLogitsAndMultipliesNegativeOnes() {
    Sampler positive = new Sampler(0, 0, 1, 2, 0);
    positive.begin(0, new int[] {0});
    assertThat(positive.next(new float[] {3, 1.6f})).isEqualTo(1); // 1.5 : 1.6
    assertThat(positive.next(new float[] {3, 2.9f})).isEqualTo(0); // both are there by now

    Sampler negative = new Sampler(0, 0, 1, 2, 0);
    negative.begin(0, new int[] {1});
    assertThat(negative.next(new float[] {-1.9f, -1})).isEqualTo(0); // -1.9 : -2
  }

  @Test
  void aDrawDependsOnSeedRowAndPositionAlone() {
    Sampler busy = new Sampler(1, 1, 5);
    IntStream.range(0, 77).forEach(i -> busy.next(LOGITS));
    int[] third = drawn(busy, 3);

    assertThat(drawn(new Sampler(1, 1, 5), 3)).isEqualTo(third);
    assertThat(drawn(busy, 4)).isNotEqualTo(third);
    assertThat(drawn(new Sampler(1, 1, 6), 3)).isNotEqualTo(third);
  }

  private static int[] drawn(Sampler sampler, int row) {
    sampler.begin(row, new int[0]);
    return IntStream.range(0, 50).map(i -> sampler.next(LOGITS)).toArray();
  }
}
