package dev.rootstock.preprocess.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static List<String> words(String text, Writing writing) {
    Words words = Words.of(text, writing);
    return IntStream.range(0, words.size()).mapToObj(words::get).toList();
  }

  @Test
  void spacesAndPunctuationPartWords() {
    assertThat(words("Well, it's 3.5% (more... or less)!", Writing.SPACED))
        .containsExactly(
            "Well", ",", "it", "'s", "3.5", "%", "(", "more", "...", "or", "less", ")", "!");
  }

  @Test
  void equalWordsHaveEqualNumbersByFirstAppearance() {
    Words words = Words.of("a b a c", Writing.SPACED);

    assertThat(IntStream.range(0, 4).map(words::id)).containsExactly(0, 1, 0, 2);
    assertThat(words.spellings()).isEqualTo(3);
  }

  @Test
  void tellsLettersAndMarksApart() {
    Words words = Words.of("naïve 12 – 語 !", Writing.SPACED);

    assertThat(IntStream.range(0, 5).filter(words::hasLetter)).containsExactly(0, 3);
    assertThat(IntStream.range(0, 5).filter(words::isWord)).containsExactly(0, 1, 3);
    assertThat(words.length(0)).isEqualTo(5);
  }

  @Test
  void lengthsAreInCharacters() {
    assertThat(Words.of("𝒳𝒴", Writing.SPACED).length(0)).isEqualTo(2);
  }

  @Test
  void aDictionaryFindsChineseJapaneseAndThaiWords() {
    assertThat(words("我们喜欢音乐。", Writing.CHINESE)).containsExactly("我们", "喜欢", "音乐", "。");
    assertThat(words("私は学生です。", Writing.JAPANESE)).contains("私", "は", "学生", "。");
    assertThat(words("ฉันรักแม่น้ำ", Writing.THAI)).containsExactly("ฉัน", "รัก", "แม่น้ำ");
  }

  @Test
  void koreanIsPartedBySpaces() {
    assertThat(words("나는 학생이다.", Writing.KOREAN)).containsExactly("나는", "학생이다", ".");
  }

  @Test
  void theWritingFollowsTheLetters() {
    assertThat(Writing.of("plain text with 漢字")).isEqualTo(Writing.SPACED);
    assertThat(Writing.of("这是中文 with two words of it 或者更多的汉字都在这里")).isEqualTo(Writing.CHINESE);
    assertThat(Writing.of("これは日本語です")).isEqualTo(Writing.JAPANESE);
    assertThat(Writing.of("한국어 문장입니다")).isEqualTo(Writing.KOREAN);
    assertThat(Writing.of("ภาษาไทย")).isEqualTo(Writing.THAI);
    assertThat(Writing.of("123")).isEqualTo(Writing.SPACED);
  }

  @Test
  void sentencesEndAtMarksThatMoreFollows() {
    assertThat(Sentences.in("One. Two! \"Three?\" Four", Writing.SPACED)).isEqualTo(4);
    assertThat(Sentences.in("Mr. Smith paid 3.50 to J. Doe in www.web.org.", Writing.SPACED))
        .isEqualTo(1);
    assertThat(Sentences.in("Well... yes", Writing.SPACED)).isEqualTo(2);
    assertThat(Sentences.in("一。二！三？", Writing.CHINESE)).isEqualTo(3);
    assertThat(Sentences.in("  ", Writing.SPACED)).isZero();
    assertThat(Sentences.in("ไม่มีจุด. จริงไหม", Writing.THAI)).isEqualTo(1);
  }

  @Test
  void aLongLineOfMarksTakesLinearTime() {
    assertThat(Sentences.in("! ".repeat(1_000_000), Writing.SPACED)).isEqualTo(1_000_000);
  }
}
