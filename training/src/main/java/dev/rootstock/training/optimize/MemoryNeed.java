package dev.rootstock.training.optimize;

import com.sun.management.OperatingSystemMXBean;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.training.backend.BackendChoice;
import dev.rootstock.training.backend.cpu.CpuMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What a training needs, counted before its first step: weights, moments, each thread's gradients,
 * activations and a tile of logits. Of the cpu backend exact for full chunks, of nd4j an estimate
 * from above.
 *
 * @param bytes off-heap
 * @param smaller the same training in smaller chunks, the largest first; empty: there are none
 */
public record MemoryNeed(long bytes, List<Smaller> smaller) {
  /**
   * A way to need less.
   *
   * @param tokens of a lane's chunk
   */
  record Smaller(int tokens, long bytes) {}

  public MemoryNeed {
    smaller = List.copyOf(smaller);
  }

  MemoryNeed(long bytes) {
    this(bytes, List.of());
  }

  private static final int TOKENS_A_LANE =
      1024; // computed at once by one thread; a longer row is computed whole
  private static final Path MEMORY =
      Path.of("/proc/meminfo"); // Linux counts there what it could free

  /** The need of training a shape on rows as long as its context. */
  public static MemoryNeed of(
      ModelShape shape, Numeric numeric, long trained, int copies, int threads) {
    return of(shape, numeric, trained, copies, threads, shape.context());
  }

  /**
   * The need of training a shape.
   *
   * @param trained values that learn
   * @param copies of the trained values kept aside
   * @param threads each with gradients of its own
   * @param row positions of the longest row, at most the context
   */
  public static MemoryNeed of(
      ModelShape shape, Numeric numeric, long trained, int copies, int threads, int row) {
    if (BackendChoice.here(numeric).cpu()) {
      return ofCpu(shape, trained, copies, threads, row);
    }
    double wide = numeric.dtype() == Numeric.Dtype.FLOAT64 ? 8 : 4;
    double tokens = Math.max(TOKENS_A_LANE, row);
    double layer = 16.0 * shape.width() + 6.0 * shape.inner() + 2.0 * shape.heads() * row;
    double lane =
        trained
            + tokens * (shape.layers() * layer + 8.0 * shape.width() + 2.0 * shape.vocabulary());
    double values =
        shape.parameters() + trained * (2.0 + copies) + threads * lane + 2.0 * largest(shape);
    return new MemoryNeed((long) (wide * values));
  }

  /**
   * The need of several adapters over one base.
   *
   * @param trained values of each
   * @param row positions of the longest row of any
   */
  public static MemoryNeed of(
      ModelShape shape, Numeric numeric, List<Long> trained, int copies, int threads, int row) {
    long most = trained.stream().mapToLong(Long::longValue).max().orElse(0);
    long others = trained.stream().mapToLong(Long::longValue).sum() - most;
    MemoryNeed one = of(shape, numeric, most, copies, threads, row);
    long more = Float.BYTES * others * (3L + threads + copies);
    return new MemoryNeed(
        one.bytes + more,
        one.smaller.stream().map(less -> new Smaller(less.tokens, less.bytes + more)).toList());
  }

  private static MemoryNeed ofCpu(
      ModelShape shape, long trained, int copies, int threads, int row) {
    long beside = Float.BYTES * (trained * copies + 2 * largest(shape));
    int tokens = CpuMemory.tokens();
    List<Smaller> smaller =
        Stream.iterate(tokens / 2, less -> less >= row, less -> less / 2)
            .map(
                less ->
                    new Smaller(less, beside + CpuMemory.bytes(shape, trained, threads, less, row)))
            .toList();
    return new MemoryNeed(beside + CpuMemory.bytes(shape, trained, threads, tokens, row), smaller);
  }

  /** Values of the largest tensor: one is copied whole when it is read or written. */
  private static long largest(ModelShape shape) {
    return Math.max(
        (long) shape.vocabulary() * shape.width(), (long) shape.inner() * shape.width());
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
              + " are free to it; "
              + fitting(available)
              + "take a smaller model, shorter rows, fewer threads or method lora, a machine with more"
              + " memory, or a larger -Xmx, of which four times may be used");
    }
  }

  private String fitting(long available) {
    return smaller.stream()
        .filter(less -> less.bytes() <= available)
        .findFirst()
        .map(
            less ->
                "set ROOTSTOCK_CHUNK_TOKENS="
                    + less.tokens()
                    + " in the worker's environment, which needs "
                    + gigabytes(less.bytes())
                    + ", or ")
        .orElse("");
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /**
   * Bytes that could be taken now: of the machine or container, and of what JavaCPP lets this
   * process have.
   */
  public static long available() {
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
