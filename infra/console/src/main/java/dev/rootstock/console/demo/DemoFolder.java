package dev.rootstock.console.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code rootstock-demo}: generated corpus and tasks, pipeline files, store. It may be
 * deleted at any time.
 */
public record DemoFolder(Path path) {
  /** Below the current directory, where the recipe's paths lead. */
  public static DemoFolder here() {
    return new DemoFolder(Path.of("rootstock-demo"));
  }

  public Path pipeline() {
    return path.resolve("demo.yaml");
  }

  /** One more task, for a base that is there. */
  public Path fifth() {
    return path.resolve("fifth.yaml");
  }

  public String store() {
    return path.resolve("store").toString();
  }

  /** Writes corpus, tasks and pipeline files; the same bytes each time. */
  public void fill() throws IOException {
    Files.createDirectories(path);
    DemoCorpus.write(path, DemoCorpus.SEED);
    Files.write(pipeline(), recipe("tiny-cpu.yaml"));
    Files.write(fifth(), recipe("tiny-cpu-fifth.yaml"));
  }

  private static byte[] recipe(String name) throws IOException {
    try (InputStream bytes = DemoFolder.class.getResourceAsStream("/recipes/" + name)) {
      if (bytes == null) {
        throw new IOException("the recipe " + name + " is not in the program; build it again");
      }
      return bytes.readAllBytes();
    }
  }
}
