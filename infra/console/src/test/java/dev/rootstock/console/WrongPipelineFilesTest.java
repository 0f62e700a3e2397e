package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code wrong/} ends with what must be said of it, and nothing else: {@code #!
 * LINE:COLUMN SENTENCE}.
 */
class WrongPipelineFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/wrong");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFaultIsToldWithItsPlace(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    List<String> expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#! "))
            .map(line -> file + ":" + line.substring(3))
            .toList();
    assertThat(expected).isNotEmpty();

    WrongFile wrong =
        catchThrowableOfType(
            WrongFile.class,
            () -> PipelineFile.read(file, List.of(), variable -> null).spec(spec -> List.of()));

    assertThat(wrong).isNotNull();
    assertThat(wrong.faults())
        .extracting(WrongFile.Fault::toString)
        .containsExactlyElementsOf(expected);
  }
}
