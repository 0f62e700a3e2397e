package dev.rootstock.preprocess.clean.gopher;

import static dev.rootstock.preprocess.clean.Passages.objection;
import static dev.rootstock.preprocess.clean.Passages.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;
import dev.rootstock.preprocess.language.Writing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both sides of every threshold; the figures are worked out by hand. */
class GopherRulesTest {
  @Test
  void fiftyWordsAreEnoughAndPunctuationIsNone() {
    assertThat(objection(new WordCount(), "word ".repeat(50))).isEmpty();
    assertThat(objection(new WordCount(), "word ".repeat(49))).contains(Reason.FEW_WORDS);
    assertThat(objection(new WordCount(), "word , ".repeat(49))).contains(Reason.FEW_WORDS);
  }

  @Test
  void aHundredThousandWordsAreTheMost() {
    assertThat(objection(new WordCount(), "word ".repeat(100_000))).isEmpty();
    assertThat(objection(new WordCount(), "word ".repeat(100_001))).contains(Reason.MANY_WORDS);
  }

  @Test
  void wordsHaveThreeToTenCharactersInTheMean() {
    assertThat(objection(new WordLength(), "abc ".repeat(100))).isEmpty();
    assertThat(objection(new WordLength(), "abc ".repeat(99) + "ab")).contains(Reason.SHORT_WORDS);
    assertThat(objection(new WordLength(), "abcdefghij ".repeat(100))).isEmpty();
    assertThat(objection(new WordLength(), "abcdefghij ".repeat(99) + "abcdefghijk"))
        .contains(Reason.LONG_WORDS);
  }

  @Test
  void oneNumberSignInTenWordsIsTheMost() {
    assertThat(objection(new Symbols(), "word ".repeat(9) + "#")).isEmpty(); // 1 of 10
    assertThat(objection(new Symbols(), "word ".repeat(8) + "#")).contains(Reason.HASHES);
  }

  @Test
  void oneEllipsisInTenWordsIsTheMost() {
    assertThat(objection(new Symbols(), "word ".repeat(9) + "...")).isEmpty();
    assertThat(objection(new Symbols(), "word ".repeat(8) + "...")).contains(Reason.ELLIPSES);
    assertThat(objection(new Symbols(), "word ".repeat(8) + "…")).contains(Reason.ELLIPSES);
  }

  @Test
  void nineBulletsInTenLinesAreTheMost() {
    assertThat(objection(new LineMarks(), "- a\n".repeat(9) + "b")).isEmpty();
    assertThat(objection(new LineMarks(), " • a\n".repeat(10) + "b")).contains(Reason.BULLETS);
  }

  @Test
  void threeLinesOfTenMayTrailOff() {
    assertThat(objection(new LineMarks(), "a...\n".repeat(3) + "b\n".repeat(7))).isEmpty();
    assertThat(objection(new LineMarks(), "a… \n".repeat(4) + "b\n".repeat(9)))
        .contains(Reason.ELLIPSIS_LINES); // 0.308
  }

  @Test
  void fourWordsOfFiveHoldALetter() {
    assertThat(objection(new Letters(), "a b c d 1")).isEmpty();
    assertThat(objection(new Letters(), "a b c 1")).contains(Reason.FEW_LETTERS);
  }

  @Test
  void twoDifferentStopWordsAreEnoughAndCaseMatters() {
    Rule rule = new StopWords();

    assertThat(objection(rule, passage("the mill of").withLanguage("en", 1))).isEmpty();
    assertThat(objection(rule, passage("the the Of And").withLanguage("en", 1)))
        .contains(Reason.FEW_STOP_WORDS);
    assertThat(objection(rule, passage("der the of").withLanguage("de", 1)))
        .contains(Reason.FEW_STOP_WORDS);
    assertThat(objection(rule, passage("none at all").withLanguage("sw", 1))).isEmpty();
    assertThat(objection(rule, passage("of no language"))).isEmpty();
  }

  @Test
  void threeLinesOfTenMayRepeat() {
    String others = "one\ntwo\nthree\nfour\nfive\n" + "six".repeat(9);
    assertThat(objection(new RepeatedLines(), "a\n".repeat(4) + others)).isEmpty(); // 3 of 10
    assertThat(objection(new RepeatedLines(), "a\n".repeat(5) + others)) // 4 of 11
        .contains(Reason.DUP_LINES);
  }

  @Test
  void aFifthOfTheCharactersMayBeInRepeatedLines() {
    String twice = "twenty characters ab\ntwenty characters ab\n"; // 20 of them are repeated
    String rest = "y".repeat(28) + "\n";
    assertThat(objection(new RepeatedLines(), twice + rest + "x".repeat(29))).isEmpty(); // of 100
    assertThat(objection(new RepeatedLines(), twice + rest + "x".repeat(28)))
        .contains(Reason.DUP_LINE_CHARS); // of 99
  }

  @Test
  void paragraphsAreMeasuredAlike() {
    String twice = "twenty characters ab\n\n\ntwenty characters ab\n\n";
    String rest = "y".repeat(26) + "\n\n";
    assertThat(objection(new RepeatedParagraphs(), twice + rest + "x".repeat(27))).isEmpty();
    assertThat(objection(new RepeatedParagraphs(), twice + rest + "x".repeat(26)))
        .contains(Reason.DUP_PARAGRAPH_CHARS);
    assertThat(objection(new RepeatedParagraphs(), "a\n\na\n\nb" + "x".repeat(99)))
        .contains(Reason.DUP_PARAGRAPHS); // 1 of 3
  }

  @Test
  void theMostFrequentTwoWordsAreCountedWithTheirSpace() {
    String four = "ab cd e1 ab cd e2 ab cd e3 ab cd e4 "; // 4 x 5 characters
    assertThat(objection(new TopNgram(), four + "z".repeat(64))).isEmpty(); // 20 of 100
    Verdict verdict = new TopNgram().judge(passage(four + "z".repeat(63)));
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Objection(
                Reason.TOP_NGRAM,
                "share of characters in the most frequent 2 words 0.20202; at most 0.2"));
  }

  @Test
  void aRunThatOccursOnceCountsToo() {
    assertThat(objection(new TopNgram(), "a b c d " + "z".repeat(36))).isEmpty(); // 7 of 44
    assertThat(objection(new TopNgram(), "a b c d " + "z".repeat(35))).contains(Reason.TOP_NGRAM);
  }

  @Test
  void repeatedRunsAreCountedWithoutTheirSpaces() {
    String twice = "aa bb cc dd ee x aa bb cc dd ee "; // 10 characters are repeated
    assertThat(objection(new RepeatedNgrams(), twice + "z".repeat(35))).isEmpty(); // 10 of 67
    assertThat(objection(new RepeatedNgrams(), twice + "z".repeat(34))) // 10 of 66
        .contains(Reason.DUP_NGRAMS);
  }

  @Test
  void behindARepeatedRunTheSearchGoesOnNWordsOn() {
    Words words = Words.of("a b a b a b a", Writing.SPACED);

    Ngrams runs = Ngrams.of(words, 2); // ab ba [ab at 2, on to 4] [ab at 4, on to 6]
    assertThat(runs.repeatedCharacters()).isEqualTo(4);
    assertThat(runs.topCharacters(1)).isEqualTo(9); // ab three times, ba three times: the first
  }

  @Test
  void longRunsAreFoundLikeByAPlainSearch() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append((char) ('a' + i * i % 7 % 3)).append(i % 11 == 0 ? " x " : " ");
    }
    Words words = Words.of(text.toString(), Writing.SPACED);
    for (int n = 1; n <= 10; n++) {
      assertThat(Ngrams.of(words, n).repeatedCharacters()).isEqualTo(plainly(words, n));
    }
  }

  private static long plainly(Words words, int n) {
    List<String> seen = new ArrayList<>();
    long characters = 0;
    int i = 0;
    while (i + n <= words.size()) {
      StringBuilder run = new StringBuilder();
      for (int j = i; j < i + n; j++) {
        run.append(words.get(j)).append(' ');
      }
      if (seen.contains(run.toString())) {
        characters += run.length() - n;
        i += n;
      } else {
        seen.add(run.toString());
        i++;
      }
    }
    return characters;
  }

  @Test
  void aTextWithoutWordsIsDroppedAndNothingIsDividedByIt() {
    for (Rule rule : List.of(new WordCount(), new WordLength(), new Symbols(), new Letters())) {
      assertThat(objection(rule, "")).as(rule.name()).isPresent();
    }
    for (Rule rule :
        List.of(new TopNgram(), new RepeatedNgrams(), new RepeatedLines(), new LineMarks())) {
      assertThat(objection(rule, "")).as(rule.name()).isEmpty();
    }
  }

  @Test
  void chineseIsMeasuredInCharactersAndItsMarksAreNoWords() {
    String eighty = "我们在河边走了很久，".repeat(8); // 80 characters
    assertThat(objection(new WordCount(), eighty)).isEmpty();
    assertThat(objection(new WordCount(), eighty.substring(1))).contains(Reason.FEW_WORDS);
    assertThat(objection(new WordLength(), eighty)).isEmpty();
    assertThat(objection(new Letters(), "你，我，他。")).isEmpty();
  }

  @Test
  void aChineseEllipsisOfTwoMarksIsOne() {
    String nine = "我们走了很久很久很久";
    int words = Words.of(nine, Writing.CHINESE).size();
    assertThat(words).isBetween(4, 10);
    assertThat(objection(new Symbols(), nine.repeat(2) + "……")).isEmpty();
  }
}
