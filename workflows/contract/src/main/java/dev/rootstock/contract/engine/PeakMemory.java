package dev.rootstock.contract.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has held. */
public final class PeakMemory {
  private static final String FIELD = "VmHWM:"; // kibibytes

  private PeakMemory() {}

  /** Bytes, as Linux counts them; 0 elsewhere. */
  public static long bytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith(FIELD))
              .map(line -> line.substring(FIELD.length()).replace("kB", "").strip())
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElse(0)
          * 1024;
    } catch (IOException elsewhere) {
      return 0;
    }
  }
}
