package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.preprocess.extract.ShingleScore.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShingleScoreTest {
  @Test
  void countsRunsOfFourWordsAsOftenAsTheyOccur() {
    // Wanted: abcd bcde. Found: abcd bcde cdea deab eabc abcd bcde, of which two are right.
    Page page = ShingleScore.page("a b c d e", "a, b. c d e a b c d e");

    assertThat(page.precision()).isCloseTo(2 / 7.0, within(1e-12));
    assertThat(page.recall()).isEqualTo(1);
  }

  @Test
  void takesAShortTextForOneShingle() {
    assertThat(ShingleScore.page("a b", "a b")).isEqualTo(new Page(1, 1));
    assertThat(ShingleScore.page("a b", "a b c").recall()).isZero();
  }

  @Test
  void leavesAPageWithoutTextOutOfTheMeanOfPrecision() {
    Page silent = ShingleScore.page("a b c d", "");
    Page right = ShingleScore.page("a b c d", "a b c d");

    assertThat(silent.precision()).isNaN();
    assertThat(ShingleScore.of(List.of(silent, right)))
        .isEqualTo(new ShingleScore.Score(1, 0.5, 2 * 0.5 / 1.5));
  }
}
