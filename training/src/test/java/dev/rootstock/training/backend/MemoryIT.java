package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryIT {
  private static final long SLACK = 8L << 20; // bytes over 240 steps: 35 kB each

  /** The heap is touched whole at the start, so that whatever grows is not the heap. */
  @ParameterizedTest
  @EnumSource(LongTraining.By.class)
  void doesNotGrowOverHundredsOfSteps(LongTraining.By backend) throws Exception {
    String grown =
        AnotherProgram.run(
            AnotherProgram.THIS,
            List.of(
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "--add-modules=jdk.incubator.vector"),
            LongTraining.class,
            "grown",
            backend.name());
    assertThat(Long.parseLong(grown)).isLessThan(SLACK);
  }
}
