package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.console.ResumeBench.Outcome;
import dev.rootstock.console.ResumeBench.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeBenchTest {
  private static final ResumeCase ONCE = new ResumeCase("once", 1, 5, new ResumeCase.Cut(10, true));
  private static final List<String> LOSSES = Collections.nCopies(20, "1.5");
  private static final Map<String, String> SUMS =
      Map.of("model.safetensors", "a", "optimizer.safetensors", "b", "trainer_state.json", "c");

  private static Verdict verdict(Map<String, String> sums, List<String> losses, Long... from) {
    return ResumeBench.compare(
        ONCE, new Outcome(SUMS, LOSSES, List.of(0L)), new Outcome(sums, losses, List.of(from)));
  }

  @Test
  void theSameSumsAndLossesAreExact() {
    assertThat(verdict(SUMS, LOSSES, 0L, 10L).exact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors", "trainer_state.json"})
  void oneOtherSumIsNot(String name) {
    Map<String, String> other = new HashMap<>(SUMS);
    other.put(name, "x");

    assertThat(verdict(other, LOSSES, 0L, 10L).exact()).isFalse();
    other.remove(name);
    assertThat(verdict(other, LOSSES, 0L, 10L).exact()).isFalse();
  }

  @Test
  void neitherIsAnotherLossNorATrainingThatWasNotCut() {
    List<String> other = new ArrayList<>(LOSSES);
    other.set(12, "1.5000000000000002");

    assertThat(verdict(SUMS, other, 0L, 10L).exact()).isFalse();
    assertThat(verdict(SUMS, LOSSES, 0L).exact()).isFalse();
  }
}
