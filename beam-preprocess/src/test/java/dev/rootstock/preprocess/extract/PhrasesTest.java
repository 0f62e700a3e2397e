package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {
  private static Block block(String text) {
    return new Block(Block.Kind.PARAGRAPH, -1, text, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "© 2020 The Bay",
        "Copyright The Bay. This may not be printed again.",
        "(Reporting by Ann Other; editing by Some Body)",
        "Photo: Ann Other",
        "Image credit: Ann Other",
        "The lamp in winter (Photo by: Ann Other)",
        "Ann Other contributed to this report.",
        "Read more",
        "Mehr zum Thema",
        "Lea también",
      })
  void knowsNotes(String note) {
    assertThat(Phrases.note(block(note))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Photographs of the lamp hung in the hall, and nobody had dusted them for years.",
        "Copyrighting a lamp is harder than it seems.",
        "Read more books, my teacher said, and I did.",
        "Reporting by candlelight was common then (in the village: rare).",
        "He followed us to the pier.",
      })
  void leavesSentencesThatOnlyBeginLikeNotes(String sentence) {
    assertThat(Phrases.note(block(sentence))).isFalse();
  }
}
