package dev.rootstock.preprocess;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Temporary files of this process, in one folder that is removed when its verb ends. Thread-safe.
 */
public final class Scratch {
  private static final String PROPERTY = "java.io.tmpdir";

  private static final int PASSES = 20; // a runner that is cut off still makes folders for a moment

  private static @Nullable Path folder;
  private static String usual = "";

  private Scratch() {}

  /** A new empty file; whoever asks deletes it when it is done. */
  public static synchronized Path file(String suffix) throws IOException {
    if (folder == null) {
      return Files.createTempFile("rootstock-", suffix); // on a worker of a cluster
    }
    return Files.createTempFile(folder, "", suffix);
  }

  /** A new empty folder, of a process that has {@linkplain #adopt adopted} one. */
  static synchronized Path directory() throws IOException {
    return folder == null
        ? Files.createTempDirectory("rootstock-")
        : Files.createTempDirectory(folder, "");
  }

  /**
   * Opens the folder, and makes it the temporary folder of all libraries until it is cleared: an
   * engine ends without the exit hooks by which they remove what they unpack.
   */
  static synchronized void adopt() throws IOException {
    usual = System.getProperty(PROPERTY);
    folder = Files.createTempDirectory(Path.of(usual), "rootstock-");
    System.setProperty(PROPERTY, folder.toString());
  }

  /** Removes what can be removed; a runner that is still ending may be at its own files. */
  static synchronized void clear() throws IOException {
    if (folder == null) {
      return;
    }
    System.setProperty(PROPERTY, usual);
    for (int pass = 0; pass < PASSES && Files.isDirectory(folder); pass++) {
      removeAll(folder);
    }
    folder = null;
  }

  /** Removes a folder with all in it, as far as that can be done. */
  static void removeAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return remove(file);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) {
            return remove(directory);
          }
        });
  }

  private static FileVisitResult remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException inUse) {
      return FileVisitResult.CONTINUE; // it is a temporary file
    }
    return FileVisitResult.CONTINUE;
  }
}
