package dev.rootstock.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Temporary files of this process, in one folder that is removed when its verb ends. Thread-safe.
 */
public final class Scratch {
  private static @Nullable Path folder;

  private Scratch() {}

  /** A new empty file; whoever asks deletes it when it is done. */
  public static synchronized Path file(String suffix) throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      folder = Files.createTempDirectory("rootstock-");
    }
    return Files.createTempFile(folder, "", suffix);
  }

  static synchronized void clear() throws IOException {
    if (folder == null) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
    folder = null;
  }
}
