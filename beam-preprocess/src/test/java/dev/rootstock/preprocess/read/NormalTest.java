package dev.rootstock.preprocess.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NormalTest {
  @Test
  void composesCharactersAndKeepsTheOthers() {
    assertThat(Normal.of("e\u0301 ﬁ 👩\u200d👧")).isEqualTo("é ﬁ 👩\u200d👧");
  }

  @Test
  void endsLinesInOneWay() {
    assertThat(Normal.of("a\r\nb\rc\n\r\nd")).isEqualTo("a\nb\nc\n\nd");
  }

  @Test
  void removesControlsButLineFeedAndTab() {
    assertThat(Normal.of("\ufeffa\u0000\u0007b\tc\u0085d\u001be\u007f\ufeff"))
        .isEqualTo("ab\tcde\ufeff");
  }

  @Test
  void replacesLoneSurrogates() {
    assertThat(Normal.of("a\ud83db\ude00\ud83d\ude00")).isEqualTo("a\ufffdb\ufffd\ud83d\ude00");
  }

  @Test
  void partsLongRunsOfMarksSoThatTheyAreSortedInLittleTime() {
    String run = "a" + "\u0345".repeat(80_000) + "\u0327".repeat(80_000);

    String normal = assertTimeout(Duration.ofSeconds(10), () -> Normal.of(run));

    assertThat(normal.replace("\u034f", "")).hasSameSizeAs(run);
    assertThat(Normal.of(normal)).isEqualTo(normal);
    assertThat(Normal.of("x" + "\u0345".repeat(30))).hasSize(31);
    assertThat(Normal.of("x" + "\u0345".repeat(31))).hasSize(33);
  }
}
