package dev.rootstock.activities.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which of OpenBLAS' kernels an engine multiplies with, told by an environment variable since the
 * library looks there while it is loaded. On AMD processors with AVX2 and without AVX-512 those for
 * Haswell are a fifth to a half faster on attention's small products, and alike within the noise on
 * others (decision 0018). The same machine gives the same choice: it decides bits.
 */
final class BlasCore {
  private static final String VARIABLE = "OPENBLAS_CORETYPE";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private BlasCore() {}

  /** Empty where OpenBLAS or the user chooses. */
  static Map<String, String> here() {
    if (System.getenv(VARIABLE) != null || !Files.isReadable(PROCESSORS)) {
      return Map.of();
    }
    try {
      return of(Files.readAllLines(PROCESSORS));
    } catch (IOException unreadable) {
      return Map.of();
    }
  }

  /**
   * @param processors as Linux describes them
   */
  static Map<String, String> of(List<String> processors) {
    boolean amd = value(processors, "vendor_id").equals("AuthenticAMD");
    List<String> flags = Arrays.asList(value(processors, "flags").split(" "));
    boolean narrow = flags.contains("avx2") && flags.contains("fma") && !flags.contains("avx512f");
    return amd && narrow ? Map.of(VARIABLE, "Haswell") : Map.of();
  }

  /** Of the first processor. */
  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
