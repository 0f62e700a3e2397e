package dev.rootstock.training.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryIT {
  private static final long SLACK = 8L << 20; // bytes over 240 steps: 35 kB each

  /** The heap is touched whole at the start, so that whatever grows is not the heap. */
  @Test
  void doesNotGrowOverHundredsOfSteps() throws Exception {
    String grown =
        AnotherProgram.run(
            List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"), LongTraining.class, "grown");
    assertThat(Long.parseLong(grown)).isLessThan(SLACK);
  }
}
