package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Numeric;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {
  private static final Numeric NARROW = new Numeric(Numeric.Dtype.FLOAT32, Numeric.Device.CPU);
  private static final Numeric WIDE = new Numeric(Numeric.Dtype.FLOAT64, Numeric.Device.CPU);

  @Test
  void float32GoesToCpuAndFloat64ToNd4j() {
    assertThat(BackendChoice.of(null, NARROW, true).cpu()).isTrue();
    assertThat(BackendChoice.of(" auto ", NARROW, true).line()).startsWith("backend cpu: it is");
    assertThat(BackendChoice.of("", WIDE, true).line()).startsWith("backend nd4j: it alone");
  }

  @Test
  void whatIsAskedForIsTaken() {
    assertThat(BackendChoice.of("nd4j", NARROW, true).line())
        .isEqualTo("backend nd4j: ROOTSTOCK_BACKEND asks for it");
    assertThat(BackendChoice.of("cpu", NARROW, true).cpu()).isTrue();
  }

  @Test
  void withoutVectorsItIsNd4jAndSaysWhatIsMissing() {
    assertThat(BackendChoice.of(null, NARROW, false).line())
        .contains("nd4j", "--add-modules jdk.incubator.vector");
    assertThatThrownBy(() -> BackendChoice.of("cpu", NARROW, false))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("--add-modules jdk.incubator.vector");
  }

  @Test
  void anotherWordIsRefused() {
    assertThatThrownBy(() -> BackendChoice.of("gpu", NARROW, true))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("ROOTSTOCK_BACKEND is gpu; it must be auto, cpu or nd4j");
    assertThatThrownBy(() -> BackendChoice.of("cpu", WIDE, true))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("float64");
  }
}
