package dev.rootstock.console;

import dev.rootstock.activities.engine.EngineCommand;
import dev.rootstock.activities.engine.JdkChoice;
import dev.rootstock.console.server.NoAnswer;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this machine is ready. */
public final class Checkup {
  private static final long LEAST_MEMORY = 4L << 30; // bytes; two engines and the console
  private static final long LEAST_DISK = 2L << 30; // bytes; a small base with its checkpoints

  private final Platform platform;

  /**
   * @param platform whose engines, store and server are looked at
   */
  public Checkup(Platform platform) {
    this.platform = platform;
  }

  /**
   * One thing looked at.
   *
   * @param found what is there, and the remedy where that is not well
   */
  public record Finding(String what, boolean well, String found) implements HandedOn {}

  /** Looks at everything; nothing that is found is thrown. */
  public List<Finding> all(String store, Optional<String> address) {
    List<Finding> findings = machine(store);
    findings.add(look("Temporal", () -> server(address)));
    return findings;
  }

  /** Looks at this machine and a store; nothing that is found is thrown. */
  public List<Finding> machine(String store) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "Java",
            Runtime.version().feature() >= 17,
            System.getProperty("java.version") + " at " + System.getProperty("java.home")));
    findings.add(training());
    int cores = Runtime.getRuntime().availableProcessors();
    findings.add(new Finding("cores", true, String.valueOf(cores)));
    findings.add(memory());
    findings.add(disk());
    findings.add(look("engine for text", () -> known(EngineCommand.preprocess(platform.home()))));
    findings.add(
        look(
            "engine for models",
            () -> known(EngineCommand.training(platform.home(), JdkChoice.running()))));
    findings.add(
        look("store", () -> platform.store(store).root() + ", creates only what is absent"));
    return findings;
  }

  private Finding training() {
    return look(
        "Java for training",
        () -> {
          JdkChoice jdk = JdkChoice.training();
          String faster =
              jdk.version().startsWith("25")
                  ? ""
                  : "; 25 is about a quarter faster, set ROOTSTOCK_TRAINING_JAVA_HOME";
          return jdk.version() + ", " + jdk.reason() + faster;
        });
  }

  private static Finding memory() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long bytes = system.getTotalMemorySize();
    boolean enough = bytes >= LEAST_MEMORY;
    return new Finding(
        "memory",
        enough,
        gigabytes(bytes) + (enough ? "" : "; training needs " + gigabytes(LEAST_MEMORY)));
  }

  private static Finding disk() {
    try {
      long free = Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace();
      boolean enough = free >= LEAST_DISK;
      return new Finding(
          "disk",
          enough,
          gigabytes(free) + " free here" + (enough ? "" : "; make " + gigabytes(LEAST_DISK)));
    } catch (IOException unknown) {
      return new Finding("disk", false, "unknown: " + unknown.getMessage());
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1 << 30));
  }

  private static String known(EngineCommand command) {
    return command.line().get(command.line().size() - 1);
  }

  private String server(Optional<String> address) {
    try (Session session = platform.session(address)) {
      return session.server().words();
    }
  }

  private static Finding look(String what, Supplier<String> found) {
    try {
      return new Finding(what, true, found.get());
    } catch (InvalidConfig | Refused | NoAnswer unwell) {
      return new Finding(what, false, String.valueOf(unwell.getMessage()));
    }
  }
}
