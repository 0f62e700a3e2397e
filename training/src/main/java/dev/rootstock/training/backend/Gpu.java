package dev.rootstock.training.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A GPU of this machine.
 *
 * @param name as its maker calls it
 * @param capability NVIDIA's compute capability, 9.0 for Hopper
 */
record Gpu(String name, double capability) {
  private static final List<String> ASK =
      List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");

  /** Those that the driver shows; none where there is no driver. */
  static List<Gpu> present() {
    try {
      Process driver = new ProcessBuilder(ASK).redirectErrorStream(true).start();
      driver.getOutputStream().close();
      String said = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return driver.waitFor() == 0 ? listed(said) : List.of();
    } catch (IOException noDriver) {
      return List.of();
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Lines of {@code NAME, CAPABILITY}; what is not one is passed over. */
  static List<Gpu> listed(String lines) {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      int comma = line.lastIndexOf(',');
      String capability = line.substring(comma + 1).strip();
      if (comma > 0 && capability.matches("\\d+\\.\\d+")) {
        gpus.add(new Gpu(line.substring(0, comma).strip(), Double.parseDouble(capability)));
      }
    }
    return gpus;
  }
}
