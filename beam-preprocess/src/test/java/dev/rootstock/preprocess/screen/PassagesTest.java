package dev.rootstock.preprocess.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private static final String TWELVE = "the quick brown fox jumps over the lazy dog and runs away";

  private static Set<Long> of(String text) {
    Set<Long> hashes = new HashSet<>();
    Passages.of(text, hash -> !hashes.add(hash) && false);
    return hashes;
  }

  @Test
  void twelveWordsAreAPassageAndElevenAreNot() {
    assertThat(of(TWELVE)).hasSize(1);
    assertThat(of(TWELVE.substring(TWELVE.indexOf(' ')))).isEmpty();
    assertThat(of(TWELVE + " home")).hasSize(2).containsAll(of(TWELVE));
  }

  @Test
  void aPassageIsFoundWhereverItStands() {
    assertThat(of("Something else came first. " + TWELVE + ", and then something more."))
        .containsAll(of(TWELVE));
  }

  @Test
  void caseAccentsPunctuationAndDigitsDoNotMatter() {
    assertThat(of("THE quick, brown fóx; jumps... over the (lazy) dog\n\nand - runs away!"))
        .isEqualTo(of(TWELVE));
    assertThat(of(TWELVE.replace("lazy", "2019"))).isEqualTo(of(TWELVE.replace("lazy", "1815")));
  }

  @Test
  void anotherWordOrAnotherOrderIsAnotherPassage() {
    assertThat(of(TWELVE.replace("fox", "cat"))).doesNotContainAnyElementsOf(of(TWELVE));
    assertThat(of(TWELVE.replace("quick brown", "brown quick")))
        .doesNotContainAnyElementsOf(of(TWELVE));
  }

  @Test
  void whereWordsAreNotSpacedTwentyCharactersAreAPassage() {
    String twenty = "春天到了公园里的花都开了孩子们在草地上跑";
    assertThat(twenty.length()).isEqualTo(20);
    assertThat(of(twenty)).hasSize(1);
    assertThat(of(twenty.substring(1))).isEmpty();
    assertThat(of("他说：" + twenty.substring(0, 7) + "，" + twenty.substring(7) + "。"))
        .containsAll(of(twenty));
  }
}
