package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  private static CommandLine rootstock() {
    return RootstockMain.commandLine(Terminal.ofProcess());
  }

  static Stream<List<String>> commands() {
    List<List<String>> found = new ArrayList<>();
    collect(List.of(), rootstock(), found);
    assertThat(found).hasSizeGreaterThan(30);
    return found.stream();
  }

  private static void collect(List<String> path, CommandLine command, List<List<String>> found) {
    found.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, below) ->
                collect(Stream.concat(path.stream(), Stream.of(name)).toList(), below, found));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfAndNamesEachDefault(List<String> path) {
    StringWriter out = new StringWriter();

    int exit =
        rootstock()
            .setOut(new PrintWriter(out))
            .execute(Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new));

    assertThat(exit).isZero();
    assertThat(out.toString())
        .startsWith(
            "Usage: "
                + String.join(" ", Stream.concat(Stream.of("rootstock"), path.stream()).toList()))
        .contains("--help")
        .doesNotContain("Optional");
  }
}
