package dev.rootstock.preprocess;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of this engine's class path a Flink cluster needs: all but Flink itself and the binding of
 * the log, which it has.
 */
record Shipped(List<String> files, long bytes) {
  static Shipped here() {
    return of(System.getProperty("java.class.path"));
  }

  static Shipped of(String classPath) {
    List<String> files =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty() && Files.exists(Path.of(entry)))
            .filter(entry -> !provided(Path.of(entry).getFileName().toString()))
            .toList();
    return new Shipped(files, files.stream().mapToLong(file -> new File(file).length()).sum());
  }

  private static boolean provided(String name) {
    return name.startsWith("flink-") || name.startsWith("slf4j-simple-");
  }

  /** For people. */
  String words() {
    return String.format("%d files, %.0f MB", files.size(), bytes / 1e6);
  }
}
