package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a fresh JVM of its own. */
final class AnotherProgram {
  /** What runs the tests. */
  static final Path THIS = Path.of(System.getProperty("java.home"), "bin", "java");

  private AnotherProgram() {}

  /** What the program printed on a line after {@code word}. */
  static String run(
      Path java, List<String> options, Class<?> main, String word, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String line = output.lines().filter(l -> l.startsWith(word + " ")).findFirst().orElseThrow();
    return line.substring(word.length() + 1);
  }
}
