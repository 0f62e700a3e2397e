package dev.rootstock.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are sacreBLEU 2.6.0's, corpus_bleu and corpus_chrf with their defaults. */
class TranslationScoresTest {
  private static final List<String> ANSWERS =
      List.of(
          "A man rides a red bike , fast.",
          "Two dogs play in the snow",
          "a cat",
          "It's 3.5-4 km (approx.) &quot;away&quot;");
  private static final List<String> REFERENCES =
      List.of(
          "A man is riding a red bicycle, fast.",
          "Two dogs are playing in the snow .",
          "the cat sat",
          "It is 3.5-4 km (about) \"away\"");

  @Test
  void bleuEqualsSacreBleu() {
    assertThat(Bleu.of(ANSWERS, REFERENCES)).isCloseTo(34.14541253036174, within(1e-9));
    assertThat(Bleu.of(List.of("the cat sat on the mat today"), List.of("the dog sat on a mat")))
        .isCloseTo(15.619699684601283, within(1e-9));
  }

  @Test
  void chrfEqualsSacreBleu() {
    assertThat(Chrf.of(ANSWERS, REFERENCES)).isCloseTo(45.157170220548835, within(1e-9));
    assertThat(
            Chrf.of(
                List.of("ein Hund läuft", "x y"), List.of("ein Hund rennt schnell", "a b c d e")))
        .isCloseTo(26.692835447438192, within(1e-9));
  }

  @Test
  void sameIsBestAndNothingSharedIsWorst() {
    assertThat(Bleu.of(List.of("one two three four five"), List.of("one two three four five")))
        .isCloseTo(100, within(1e-9));
    assertThat(Chrf.of(List.of("one two three"), List.of("one two three")))
        .isCloseTo(100, within(1e-9));
    assertThat(Bleu.of(List.of("aa bb"), List.of("cc dd"))).isZero();
    assertThat(Bleu.of(List.of(""), List.of("cc dd"))).isZero();
    assertThat(Chrf.of(List.of("xyz"), List.of("abc"))).isZero();
  }

  @Test
  void cutsPunctuationAsMteval13a() {
    assertThat(Bleu.tokens("Hi, \"3.5-4\" km (ca.)!"))
        .containsExactly("Hi", ",", "\"", "3.5", "-", "4", "\"", "km", "(", "ca", ".", ")", "!");
  }
}
