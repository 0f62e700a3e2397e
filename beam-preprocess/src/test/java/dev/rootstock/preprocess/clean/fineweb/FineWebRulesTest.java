package dev.rootstock.preprocess.clean.fineweb;

import static dev.rootstock.preprocess.clean.Passages.objection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.Reason;
import org.junit.jupiter.api.Test;

/** Both sides of every threshold; the figures are worked out by hand. */
class FineWebRulesTest {
  @Test
  void twelveLinesOfAHundredEndASentence() {
    assertThat(objection(new LineEnds(), "a.\n".repeat(3) + "b\n\n".repeat(22))).isEmpty();
    assertThat(objection(new LineEnds(), "a。\n".repeat(2) + "b\n".repeat(15))) // 0.118
        .contains(Reason.FEW_LINE_ENDS);
  }

  @Test
  void aQuoteEndsNoLineHere() {
    assertThat(objection(new LineEnds(), "\"So it is\"\n".repeat(9)))
        .contains(Reason.FEW_LINE_ENDS);
  }

  @Test
  void twoLinesOfThreeMayBeShort() {
    String shortLine = "x".repeat(30) + "\n";
    String longLine = "x".repeat(31) + "\n";
    assertThat(objection(new ShortLines(), shortLine.repeat(67) + longLine.repeat(33))).isEmpty();
    assertThat(objection(new ShortLines(), shortLine.repeat(68) + longLine.repeat(32)))
        .contains(Reason.SHORT_LINES);
  }

  @Test
  void oneCharacterOfAHundredMayBeInARepeatedLine() {
    assertThat(objection(new RepeatedCharacters(), "a\na\n" + "x".repeat(98))).isEmpty();
    assertThat(objection(new RepeatedCharacters(), "a\na\n" + "x".repeat(97)))
        .contains(Reason.DUP_CHARS);
  }

  @Test
  void threeNewlinesInTenWordsAreTheMost() {
    assertThat(objection(new ListLike(), "a\n\n\nb c d e f g h i j")).isEmpty();
    assertThat(objection(new ListLike(), "a\n\n\n\nb c d e f g h i j k l m")) // 4 of 13
        .contains(Reason.LIST_LIKE);
  }

  @Test
  void noWordsAndNoLinesDrop() {
    assertThat(objection(new ListLike(), "\n\n")).contains(Reason.FEW_WORDS);
    assertThat(objection(new LineEnds(), "\n\n")).contains(Reason.FEW_LINE_ENDS);
    assertThat(objection(new ShortLines(), "\n\n")).contains(Reason.SHORT_LINES);
  }

  @Test
  void chineseLinesAreShortUpToTwelveCharacters() {
    String twelve = "我们在河边走了很久很久。\n";
    assertThat(objection(new ShortLines(), twelve)).contains(Reason.SHORT_LINES);
    assertThat(objection(new ShortLines(), "也" + twelve)).isEmpty();
  }
}
