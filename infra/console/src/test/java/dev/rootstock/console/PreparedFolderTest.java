package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFolderTest {
  @TempDir private Path parent;

  private static void result(Path folder, String text) throws IOException {
    Files.createDirectories(folder.resolve("documents"));
    Files.writeString(folder.resolve("documents").resolve("part.parquet"), text);
    Files.writeString(folder.resolve("statistics.json"), "{\"prepared\":{}}");
  }

  private List<String> siblings() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itIsThereOnceItIsWholeAndAnEarlierResultStaysUntilThen() throws IOException {
    Path out = parent.resolve("out");
    PreparedFolder folder = new PreparedFolder(out);
    folder.fill(
        partial -> {
          assertThat(out).doesNotExist();
          result(partial, "first");
        });
    assertThat(folder.problems()).isEmpty();

    assertThatThrownBy(
            () ->
                folder.fill(
                    partial -> {
                      result(partial, "torn");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(out.resolve("documents/part.parquet")).hasContent("first");

    folder.fill(partial -> result(partial, "second"));
    assertThat(out.resolve("documents/part.parquet")).hasContent("second");
    assertThat(siblings()).containsExactly("out");
  }

  @Test
  void otherPeoplesFilesAreNeverTouched() throws IOException {
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "x");
    Path mixed = parent.resolve("mixed");
    result(mixed, "ours");
    Files.writeString(mixed.resolve("notes.txt"), "x");
    Path alike = Files.createDirectory(parent.resolve("alike"));
    Files.writeString(alike.resolve("statistics.json"), "[not ours");
    Path file = Files.writeString(parent.resolve("file"), "x");

    for (Path place : List.of(foreign, mixed, alike, file)) {
      assertThat(new PreparedFolder(place).problems())
          .as(place.toString())
          .singleElement()
          .extracting(Problem::path)
          .isEqualTo("--out");
    }
    assertThat(new PreparedFolder(parent.resolve("new/deep")).problems()).isEmpty();
    assertThat(new PreparedFolder(Files.createDirectory(parent.resolve("empty"))).problems())
        .isEmpty();
  }

  @Test
  void whatAProcessThatIsGoneLeftIsTakenAwayAndOthersWorkIsNot() throws Exception {
    Process ended = new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
    ended.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    ended.waitFor();
    Path left = Files.createDirectory(parent.resolve(".out.part-" + ended.pid()));
    Files.writeString(left.resolve("half"), "x");
    Path other = Files.createDirectory(parent.resolve(".outer.part-" + ended.pid()));

    new PreparedFolder(parent.resolve("out")).fill(partial -> result(partial, "x"));

    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
