package dev.rootstock.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A local folder that is gone once it is closed. */
record ScratchFolder(Path path) implements AutoCloseable {
  static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("rootstock-training"));
  }

  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(path)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }
}
