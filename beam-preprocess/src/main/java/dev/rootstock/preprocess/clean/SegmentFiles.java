package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Local files of a segment in the making; closing removes them. Not thread-safe. */
public final class SegmentFiles implements AutoCloseable {
  private final String brief;
  private final Map<String, Path> files = new LinkedHashMap<>();

  /** Of the segment of that name. */
  public SegmentFiles(Fingerprint name) {
    this.brief = name.brief();
  }

  /** A new Parquet file; its name in the segment is {@code kind-BRIEF.parquet}. */
  public Path add(String kind) throws IOException {
    Path file = Scratch.file(".parquet");
    files.put(kind + "-" + brief + ".parquet", file);
    return file;
  }

  /** A further one of its kind: {@code kind-BRIEF-00003.parquet}. */
  public Path add(String kind, int number) throws IOException {
    Path file = Scratch.file(".parquet");
    files.put(String.format(Locale.ROOT, "%s-%s-%05d.parquet", kind, brief, number), file);
    return file;
  }

  /** All files by their names in the segment. */
  public Map<String, Path> named() {
    return files;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files.values()) {
      Files.deleteIfExists(file);
    }
  }
}
