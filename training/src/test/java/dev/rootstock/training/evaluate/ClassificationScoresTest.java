package dev.rootstock.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationScoresTest {
  private static final List<String> ANSWERS = List.of("a", "a", "b", "b", "c");
  private static final List<String> WANTED = List.of("a", "b", "b", "b", "a");

  @Test
  void accuracyCountsRightAnswers() {
    assertThat(Evaluator.accuracy(ANSWERS, WANTED)).isEqualTo(0.6);
  }

  @Test
  void macroF1WeighsLabelsAlike() {
    double a = 2.0 / (2 + 2); // right 1, given 2, wanted 2
    double b = 2.0 * 2 / (2 + 3);
    double c = 0; // given, never wanted
    assertThat(Evaluator.macroF1(ANSWERS, WANTED)).isCloseTo((a + b + c) / 3, within(1e-12));
  }
}
