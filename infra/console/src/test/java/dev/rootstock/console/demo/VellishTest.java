package dev.rootstock.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.console.demo.Vellish.Clause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VellishTest {
  private final Vellish vellish = new Vellish(new Dice(1));

  @Test
  void putsTheVerbFirstAndQualitiesBehindTheirNouns() {
    Clause clause = new Clause("fox", "old", "sees", "hat", "red");

    assertThat(clause.english()).isEqualTo("the old fox sees the red hat");
    assertThat(vellish.say(clause))
        .isEqualTo(
            String.join(" ", Stream.of("sees", "fox", "old").map(vellish::word).toList())
                + " lo "
                + vellish.word("hat")
                + " "
                + vellish.word("red"));
  }

  @Test
  void hasAWordOfItsOwnForEveryWord() {
    List<String> english =
        Stream.of(
                Lexicon.KINDS.stream().flatMap(kind -> kind.members().stream()),
                Lexicon.VERBS.stream(),
                Lexicon.LOOKS.stream())
            .flatMap(words -> words)
            .toList();

    assertThat(english.stream().map(vellish::word))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(english);
  }

  @Test
  void refusesAWordItDoesNotHave() {
    assertThatThrownBy(() -> vellish.word("hovercraft"))
        .hasMessage("\"hovercraft\" has no Vellish word");
  }
}
