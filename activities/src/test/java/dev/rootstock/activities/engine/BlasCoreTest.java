package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlasCoreTest {
  private static Map<String, String> of(String vendor, String flags) {
    return BlasCore.of(
        List.of("processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: fpu " + flags, ""));
  }

  @Test
  void amdWithAvx2MultipliesByHaswellsKernels() {
    assertThat(of("AuthenticAMD", "fma avx avx2"))
        .containsExactly(Map.entry("OPENBLAS_CORETYPE", "Haswell"));
  }

  @Test
  void allOthersAreLeftToOpenBlas() {
    assertThat(of("AuthenticAMD", "fma avx avx2 avx512f")).isEmpty();
    assertThat(of("AuthenticAMD", "avx")).isEmpty();
    assertThat(of("GenuineIntel", "fma avx avx2")).isEmpty();
    assertThat(BlasCore.of(List.of("Features : fp asimd"))).isEmpty();
  }
}
