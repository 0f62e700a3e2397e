package dev.rootstock.training.optimize;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.engine.Hopeless;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private final Divergence divergence = new Divergence(100); // guessing costs 4.6 nats

  @Test
  void endsAtALossOrNormThatIsNoNumber() {
    assertThatThrownBy(() -> divergence.judge(7, Double.NaN, 1, "[3, 4]"))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining("the loss is NaN at step 7, on rows [3, 4]");
    assertThatThrownBy(() -> divergence.judge(7, 2, Double.POSITIVE_INFINITY, "[]"))
        .hasMessageContaining("norm is Inf");
  }

  @Test
  void bearsAFewBadBatchesAndNotTwentyInARow() {
    for (int step = 0; step < 19; step++) {
      divergence.judge(step, 14, 1, "[]");
    }
    divergence.judge(19, 5, 1, "[]");
    for (int step = 20; step < 39; step++) {
      divergence.judge(step, 14, 1, "[]");
    }
    assertThatThrownBy(() -> divergence.judge(39, 14, 1, "[]"))
        .hasMessageContaining("for 20 steps");
  }

  @Test
  void remembersTheStepsOfAnEarlierAttempt() {
    for (int step = 0; step < 19; step++) {
      divergence.passed(14);
    }
    assertThatThrownBy(() -> divergence.judge(20, 14, 1, "[]")).isInstanceOf(Hopeless.class);
    assertThatCode(() -> new Divergence(100).judge(20, 14, 1, "[]")).doesNotThrowAnyException();
  }
}
