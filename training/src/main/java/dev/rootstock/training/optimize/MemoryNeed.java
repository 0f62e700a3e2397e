package dev.rootstock.training.optimize;

import com.sun.management.OperatingSystemMXBean;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.Hopeless;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/**
 * What a training needs, counted before its first step: weights, moments, each thread's gradients,
 * activations and a tile of logits. An estimate from above.
 *
 * @param bytes off-heap
 */
public record MemoryNeed(long bytes) {
  private static final int TOKENS_A_LANE =
      1024; // computed at once by one thread; a longer row is computed whole
  private static final Path MEMORY =
      Path.of("/proc/meminfo"); // Linux counts there what it could free

  /**
   * The need of training a shape.
   *
   * @param trained values that learn
   * @param copies of the trained values kept aside
   * @param threads each with gradients of its own
   */
  public static MemoryNeed of(
      ModelShape shape, Numeric numeric, long trained, int copies, int threads) {
    double wide = numeric.dtype() == Numeric.Dtype.FLOAT64 ? 8 : 4;
    double tokens = Math.max(TOKENS_A_LANE, shape.context());
    double layer =
        16.0 * shape.width() + 6.0 * shape.inner() + 2.0 * shape.heads() * shape.context();
    double lane =
        trained
            + tokens * (shape.layers() * layer + 8.0 * shape.width() + 2.0 * shape.vocabulary());
    double largest =
        Math.max(
            (double) shape.vocabulary() * shape.width(), (double) shape.inner() * shape.width());
    double values = shape.parameters() + trained * (2.0 + copies) + threads * lane + 2 * largest;
    return new MemoryNeed((long) (wide * values));
  }

  /**
   * Makes sure that it is there.
   *
   * @throws Hopeless naming need, what is there, and the ways out
   */
  public void check() {
    check(available());
  }

  /** Whether it is there now. */
  public boolean fits() {
    return bytes <= available();
  }

  void check(long available) {
    if (bytes > available) {
      throw new Hopeless(
          "OutOfMemory",
          "this training needs about "
              + gigabytes(bytes)
              + " and "
              + gigabytes(available)
              + " are free to it; take a smaller model or context, fewer threads or method lora, a machine with more"
              + " memory, or a larger -Xmx, of which four times may be used");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /**
   * Bytes that could be taken now: of the machine or container, and of what JavaCPP lets this
   * process have.
   */
  static long available() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long free = system.getFreeMemorySize();
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemAvailable:")) {
          free = Math.max(free, Long.parseLong(line.replaceAll("\\D", "")) * 1024);
        }
      }
    } catch (IOException notLinux) {
      free = system.getFreeMemorySize();
    }
    free = Math.min(free, system.getTotalMemorySize());
    long cap = Pointer.maxPhysicalBytes(); // four times -Xmx unless set
    return cap > 0 ? Math.min(free, cap - Pointer.physicalBytes()) : free;
  }
}
