package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
  private static List<String> cut(Units units, String text) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < units.count(); i++) {
      pieces.add(text.substring(units.range(i).from(), units.range(i).to()));
    }
    return pieces;
  }

  @Test
  void aBlankLineBelongsToTheOneBefore() {
    String text = "\nOne line.\n\n---\nAnother, 12!\nanother 7";
    Units lines = Pieces.lines(text);

    assertThat(cut(lines, text))
        .containsExactly("\nOne line.\n\n---\n", "Another, 12!\n", "another 7");
    assertThat(lines.hash(1)).isEqualTo(lines.hash(2)).isNotEqualTo(lines.hash(0));
  }

  @Test
  void numbersAreAlikeAndWordsWithDigitsAreNot() {
    Units lines = Pieces.lines("page 1,000\npage 12\npage w17\npage w203\npage w170\n");

    assertThat(lines.hash(0)).isEqualTo(lines.hash(1));
    assertThat(List.of(lines.hash(1), lines.hash(2), lines.hash(3), lines.hash(4)))
        .doesNotHaveDuplicates();
  }

  @Test
  void spansAreEveryThreeSentencesOnEnd() {
    String text = "A b. C d! E f? \"G h.\" I j.";
    Units spans = Pieces.spans(text);

    assertThat(cut(spans, text))
        .containsExactly("A b. C d! E f? ", "C d! E f? \"G h.\" ", "E f? \"G h.\" I j.");
    assertThat(Pieces.spans("Only one. And two.").count()).isZero();
    assertThat(Pieces.spans("X. " + text).hash(1)).isEqualTo(spans.hash(0));
    assertThat(Pieces.spans("C d. A b. E f.").hash(0))
        .as("order counts")
        .isNotEqualTo(spans.hash(0));
  }

  @ParameterizedTest
  @CsvSource({
    "'He paid 3.50 to Mr. Smith. Then he left.', 3",
    "'e.g. this one goes on. This does not.', 2",
    "'Wait... What?! Yes.', 3",
    "'今天去公园。很好！是吗？', 3",
    "'a line\nand a line', 2",
    "'no end', 1",
    "'', 0",
    "'. . .', 0"
  })
  void sentencesEndAtMarksAndLines(String text, int sentences) {
    assertThat(Pieces.countSentences(text)).isEqualTo(sentences);
  }

  @Test
  void cutsLeaveTheRest() {
    assertThat(Cut.apply("one two three ", List.of(new Range(0, 4), new Range(8, 14))))
        .isEqualTo("two");
    assertThat(Cut.apply("one", List.of())).isEqualTo("one");
    assertThat(
            Range.merge(
                List.of(new Range(5, 9), new Range(0, 2), new Range(2, 3), new Range(6, 7))))
        .containsExactly(new Range(0, 3), new Range(5, 9));
    assertThatThrownBy(() -> Cut.apply("one", List.of(new Range(2, 4))))
        .hasMessageContaining("2 to 4")
        .hasMessageContaining("between 0 and 3");
  }

  @Test
  void tooLittleIsNotKept() {
    String sentence = "These are just ten words, and ten are not many. ";
    assertThat(Cut.objection(sentence.repeat(5))).isEmpty();
    assertThat(Cut.objection(sentence.repeat(4))).contains("40 words left, below 50");
    assertThat(Cut.objection("word ".repeat(60))).contains("1 sentences left, below 3");
    assertThat(Cut.objection("今天我们去公园散步看花和鸟。".repeat(6))).isEmpty();
    assertThat(Cut.objection("今天我们去公园散步看花和鸟。".repeat(5))).contains("70 characters left, below 80");
  }
}
