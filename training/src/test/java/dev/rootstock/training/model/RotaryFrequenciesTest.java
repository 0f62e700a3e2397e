package dev.rootstock.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.RopeScaling;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotaryFrequenciesTest {
  private static double[] of(int headWidth, double base, Optional<RopeScaling> scaling) {
    return RotaryFrequencies.of(
        new ModelShape(
            ModelShape.Family.LLAMA,
            1,
            headWidth,
            1,
            1,
            headWidth,
            4,
            8,
            16,
            1e-5,
            base,
            true,
            scaling));
  }

  @Test
  void pairsTurnSlowerAndSlower() {
    assertThat(of(8, 10_000, Optional.empty()))
        .containsExactly(new double[] {1, 0.1, 0.01, 0.001}, within(1e-12));
  }

  @Test
  void fastOnesAreKeptSlowOnesSlowedThoseBetweenBlended() {
    double[] plain = of(64, 500_000, Optional.empty());
    double[] scaled = of(64, 500_000, Optional.of(new RopeScaling(32, 1, 4, 8192)));
    for (int i = 0; i < plain.length; i++) {
      double turns = 8192 * plain[i] / (2 * Math.PI); // over the original context
      double share = Math.max(0, Math.min(1, (turns - 1) / 3));
      assertThat(scaled[i])
          .isCloseTo(plain[i] * (share + (1 - share) / 32), within(1e-15 + 1e-12 * plain[i]));
    }
    assertThat(scaled[0]).isEqualTo(1);
    assertThat(scaled[31]).isEqualTo(plain[31] / 32);
  }
}
