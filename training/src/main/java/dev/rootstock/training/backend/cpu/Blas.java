package dev.rootstock.training.backend.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Which library multiplies, and on which processor: it picks its kernels by that. */
final class Blas {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Blas() {}

  static String describe() {
    String version = openblas_nolapack.OPENBLAS_VERSION.strip();
    String forced = System.getenv("OPENBLAS_CORETYPE");
    return version + " on " + (forced == null ? processor() : "core " + forced);
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }
}
