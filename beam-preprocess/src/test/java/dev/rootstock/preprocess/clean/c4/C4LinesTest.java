package dev.rootstock.preprocess.clean.c4;

import static dev.rootstock.preprocess.clean.Passages.objection;
import static dev.rootstock.preprocess.clean.Passages.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class C4LinesTest {
  private static final String GOOD = "One is enough. Two is enough. Three is enough. Four it is.\n";
  private static final String FIFTH = "And this is five.";

  private static Verdict.Change change(C4Lines rule, String text) {
    return (Verdict.Change) rule.judge(passage(text));
  }

  private static Map<String, Long> counts(String line) {
    return change(C4Lines.published(), GOOD + FIFTH + "\n" + line).counts();
  }

  @Test
  void fiveSentencesAreEnough() {
    assertThat(objection(C4Lines.published(), GOOD + FIFTH)).isEmpty();
    assertThat(objection(C4Lines.published(), GOOD)).contains(Reason.FEW_SENTENCES);
  }

  @Test
  void linesWithoutAnEndAreTakenOutUnlessFinewebAsks() {
    String text = GOOD + "A title without an end\n" + FIFTH;

    assertThat(change(C4Lines.published(), text).passage().text()).isEqualTo(GOOD + FIFTH);
    assertThat(change(C4Lines.published(), text).counts()).isEqualTo(Map.of("lines no end", 1L));
    assertThat(change(C4Lines.withoutLineEnds(), text).passage().text()).isEqualTo(text);
  }

  @Test
  void quotesEndALineAndAnEllipsisDoesNot() {
    assertThat(counts("He said \"yes, of course\"")).isEmpty();
    assertThat(counts("And then there was...")).isEqualTo(Map.of("lines no end", 1L));
  }

  @Test
  void threeWordsAreALine() {
    assertThat(counts("Three words here.")).isEmpty();
    assertThat(counts("Two words.")).isEqualTo(Map.of("lines short", 1L));
  }

  @Test
  void aWordOfAThousandCharactersIsTheLongest() {
    assertThat(counts("Here is one " + "x".repeat(999) + ".")).isEmpty();
    assertThat(counts("Here is one " + "x".repeat(1000) + "."))
        .isEqualTo(Map.of("lines long word", 1L));
  }

  @Test
  void javascriptAndPolicyLinesAreTakenOut() {
    assertThat(counts("Please enable JavaScript to go on."))
        .isEqualTo(Map.of("lines javascript", 1L));
    assertThat(counts("Read our Privacy Policy before you go on."))
        .isEqualTo(Map.of("lines policy", 1L));
  }

  @Test
  void fillersAndCodeDropTheDocument() {
    assertThat(objection(C4Lines.published(), GOOD + FIFTH + "\nLorem ipsum dolor sit amet."))
        .contains(Reason.LOREM_IPSUM);
    assertThat(objection(C4Lines.published(), GOOD + FIFTH + "\nif (x) { go on. } and stop."))
        .contains(Reason.CURLY);
  }

  @Test
  void aLineThatIsTakenOutDropsNothing() {
    assertThat(objection(C4Lines.published(), GOOD + FIFTH + "\nif (x) { no end")).isEmpty();
  }

  @Test
  void referencesAreStrippedAndCounted() {
    Verdict.Change change =
        change(C4Lines.published(), GOOD + "This was so.[12][citation needed] [edit]\n" + FIFTH);

    assertThat(change.passage().text()).isEqualTo(GOOD + "This was so.\n" + FIFTH);
    assertThat(change.counts()).isEqualTo(Map.of("references", 3L));
  }

  @Test
  void chineseLinesHaveTheirOwnEndsAndSizes() {
    String good = "我们走了很久。天气很好！你来不来？他说不来。";
    Verdict.Change change =
        change(C4Lines.published(), good + "\n她说：“好的，我们走吧。”\n没有结尾的一行\n很短。\n大家都笑了起来。");

    assertThat(change.passage().text()).isEqualTo(good + "\n她说：“好的，我们走吧。”\n大家都笑了起来。");
    assertThat(change.counts()).isEqualTo(Map.of("lines no end", 1L, "lines short", 1L));
  }

  @Test
  void thaiLinesHaveNoEndsToAskFor() {
    String text = "ตอนเด็กฉันอาศัยอยู่กับยายในหมู่บ้านเล็กๆ ริมแม่น้ำ\nสั้น";

    assertThat(change(C4Lines.published(), text).passage().text())
        .isEqualTo("ตอนเด็กฉันอาศัยอยู่กับยายในหมู่บ้านเล็กๆ ริมแม่น้ำ");
  }
}
