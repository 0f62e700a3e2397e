package dev.rootstock.training.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.ModelShape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameBitsIT {
  @ParameterizedTest
  @EnumSource(ModelShape.Family.class)
  void warmProgramAndOneThatNeverCompilesComeToTheSameBits(ModelShape.Family family)
      throws Exception {
    String cold = inAnotherProgram(family, "-Xmx512m", "-Xint");
    for (int i = 0; i < 30; i++) {
      TinyTraining.sum(family); // long enough for the kernels to be compiled
    }
    assertThat(TinyTraining.sum(family)).isEqualTo(cold);
    assertThat(inAnotherProgram(family, "-Xmx512m")).isEqualTo(cold);
  }

  private static String inAnotherProgram(ModelShape.Family family, String... options)
      throws Exception {
    return AnotherProgram.run(List.of(options), TinyTraining.class, "weights", family.name());
  }
}
