package dev.rootstock.preprocess.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private static final String TWELVE = "the quick brown fox jumps over the lazy dog and runs away";

  private static Set<Long> of(String text) {
    Set<Long> hashes = new HashSet<>();
    Passages.of(text, hashes::add);
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
  void digitsOfAWordWithLettersAreItsOwn() {
    assertThat(of(TWELVE.replace("lazy", "item17")))
        .isEqualTo(of(TWELVE.replace("lazy", "ITEM\u0661\u0667")))
        .doesNotContainAnyElementsOf(of(TWELVE.replace("lazy", "item18")));
  }

  @Test
  void anotherWordOrAnotherOrderIsAnotherPassage() {
    assertThat(of(TWELVE.replace("fox", "cat"))).doesNotContainAnyElementsOf(of(TWELVE));
    assertThat(of(TWELVE.replace("quick brown", "brown quick")))
        .doesNotContainAnyElementsOf(of(TWELVE));
  }

  @Test
  void apostrophesMarksAndWhatIsNotSeenEndNoWord() {
    assertThat(of(TWELVE.replace("lazy", "la'zy"))).isEqualTo(of(TWELVE));
    assertThat(of(TWELVE.replace("lazy", "la\u2019zy"))).isEqualTo(of(TWELVE));
    assertThat(of(TWELVE.replace("lazy", "la\u00adzy"))).isEqualTo(of(TWELVE));
    assertThat(of("मैं हिन्दी में लिखता हूँ और")).isEmpty(); // six words
  }

  @Test
  void whereWordsAreNotSpacedTwentyUnitsAreAPassage() {
    String twenty = "春天到了公园里的花都开了孩子们在草地上跑";
    assertThat(twenty.length()).isEqualTo(20);
    assertThat(of(twenty)).hasSize(1);
    assertThat(of(twenty.substring(1))).isEmpty();
    assertThat(of("他说：" + twenty.substring(0, 7) + "，" + twenty.substring(7) + "。"))
        .containsAll(of(twenty));
  }

  @Test
  void numbersLatinWordsAndLongVowelsAreUnitsAmongOthers() {
    String sum = "小明有12个苹果他给了小红3个又买了5个现在一共有几个苹果呢";
    assertThat(of(sum)).isNotEmpty();
    assertThat(of("题目：" + sum + "请回答")).containsAll(of(sum));
    String katakana = "コンピューターのプログラミングをインターネットで学ぶ";
    assertThat(of(katakana)).isNotEmpty();
    assertThat(of("昨日は" + katakana + "ことにした")).containsAll(of(katakana));
  }
}
