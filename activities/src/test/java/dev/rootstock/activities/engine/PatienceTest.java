package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.engine.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Patience patience = new Patience(Duration.ofSeconds(10), 0);

  @Test
  void speakingWithoutMovingSpendsIt() {
    patience.heard(step(1), SECOND / 10);
    patience.heard(step(1), 8 * SECOND);
    assertThat(patience.spent(SECOND / 10 + 10 * SECOND)).isFalse();
    assertThat(patience.spent(SECOND / 10 + 10 * SECOND + 1)).isTrue();
  }

  @Test
  void slowStepsMakeItLonger() {
    for (int i = 1; i <= 9; i++) {
      patience.heard(step(i), i * 2 * SECOND);
    }
    assertThat(patience.spent((18 + 40) * SECOND)).isFalse(); // 20 times the median of 2 s
    assertThat(patience.spent((18 + 40) * SECOND + 1)).isTrue();
  }

  private static Progress step(long done) {
    return Progress.of("pretrain", done, 100, "steps");
  }
}
