package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class CudaBuildTest {
  @Test
  void aDriversListIsReadAndItsComplaintsAreNot() {
    assertThat(Gpu.listed("NVIDIA H100 80GB HBM3, 9.0\nNVIDIA L4, 8.9\nGPU, rev 2, 7.5\n"))
        .containsExactly(
            new Gpu("NVIDIA H100 80GB HBM3", 9.0),
            new Gpu("NVIDIA L4", 8.9),
            new Gpu("GPU, rev 2", 7.5));
    assertThat(Gpu.listed("NVIDIA-SMI has failed because it could not reach the driver.\n, 9.0\n"))
        .isEmpty();
  }

  @Test
  void aGpuAfterAdaIsRefusedByName() {
    List<Gpu> gpus = List.of(new Gpu("NVIDIA L4", 8.9), new Gpu("NVIDIA H100", 9.0));
    assertThatThrownBy(() -> CudaBuild.check(gpus, true))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("NVIDIA H100 of compute capability 9.0")
        .hasMessageContaining("at most 8.9")
        .hasMessageContaining("without the profile nd4j-cuda");
  }

  @Test
  void anOlderGpuIsPassedOverOnlyWhereNd4jIsToldToPassItOverToo() {
    List<Gpu> gpus = List.of(new Gpu("NVIDIA L4", 8.9));
    assertThatThrownBy(() -> CudaBuild.check(gpus, false))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("BACKEND_PRIORITY_CPU");
    assertThatCode(() -> CudaBuild.check(gpus, true)).doesNotThrowAnyException();
    assertThatCode(() -> CudaBuild.check(List.of(), false)).doesNotThrowAnyException();
  }
}
