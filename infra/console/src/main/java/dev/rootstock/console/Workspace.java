package dev.rootstock.console;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder {@code .rootstock} of the current directory: logs, and what engines need while they
 * run. It may be deleted.
 */
public record Workspace(Path folder) {
  private static final long LARGEST_LOG = 10 << 20; // bytes; then it becomes console.log.1

  /** The workspace of the current directory; nothing is made yet. */
  public static Workspace here() {
    return new Workspace(Path.of(".rootstock"));
  }

  public Path log() {
    return folder.resolve("logs").resolve("console.log");
  }

  /** Where engines keep their orders, results and logs while they run. */
  public Path engines() {
    return folder.resolve("engines");
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void remove(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  /**
   * Sends whatever libraries print, and all logs of level warn and above, to {@link #log} in place
   * of standard error. Where that can not be written, it is lost. To be called before anything
   * logs.
   */
  public void captureLogs() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    // The embedded server promises what it lacks, and a polite end of a poller is no fault.
    System.setProperty(
        "org.slf4j.simpleLogger.log.io.temporal.internal.worker.HeartbeatManager", "error");
    System.setProperty("org.slf4j.simpleLogger.log.io.temporal.internal.worker.Poller", "error");
    System.setErr(new PrintStream(logStream(), true, StandardCharsets.UTF_8));
  }

  private OutputStream logStream() {
    try {
      Files.createDirectories(log().getParent());
      if (Files.exists(log()) && Files.size(log()) > LARGEST_LOG) {
        Files.move(
            log(), log().resolveSibling("console.log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
      return new FileOutputStream(log().toFile(), true);
    } catch (IOException readOnly) {
      return OutputStream.nullOutputStream();
    }
  }
}
