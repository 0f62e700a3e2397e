package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusArgumentsTest {
  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  private static CorpusArguments arguments(List<String> paths, List<String> overrides) {
    return new CorpusArguments(
        paths, Map.of("licence", "MIT"), Map.of("recipe", "none"), overrides);
  }

  @Test
  void filesThatAShellHasListedAreOneSource() throws IOException {
    String a = Files.writeString(folder.resolve("a.txt"), "a").toString();
    String b = Files.writeString(folder.resolve("b, c.txt"), "b").toString();

    CorpusSpec corpus =
        arguments(List.of(a, "other/**", b), List.of("maxCharacters=2e6"))
            .read(problems)
            .orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(corpus.sources())
        .extracting(CorpusSpec.Source::path)
        .containsExactly(folder + "/{a.txt,b\\, c.txt}", "other/**");
    assertThat(corpus.sources()).allMatch(source -> source.licence().orElseThrow().equals("MIT"));
    assertThat(corpus.clean().recipe()).isEqualTo(CleaningSpec.Recipe.NONE);
    assertThat(corpus.clean().maxCharacters()).isEqualTo(2_000_000);
  }

  @Test
  void everyProblemIsToldByItsOption() {
    new CorpusArguments(
            List.of(" "),
            Map.of("format", "pdf"),
            Map.of("recipe", "basik", "validation", 2.0),
            List.of("minCharacterz=4", "nonsense"))
        .read(problems);

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "--format", "--source", "--set", "--recipe", "--validation", "--set minCharacterz");
  }
}
