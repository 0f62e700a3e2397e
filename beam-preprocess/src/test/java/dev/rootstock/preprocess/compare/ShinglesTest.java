package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.compare.Shingles.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShinglesTest {
  private static final String PLAIN = "el nino ate 0 apples in a cafe";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "El Niño ate 12 apples in a café.",
        "EL NIN\u0303O -- ate 1048576 «apples», in a cafe\u0301!",
        "el ni\u00adño\tate ٣\n\napples 🍎 in a café"
      })
  void caseMarksPunctuationAndNumbersDoNotCount(String text) {
    assertThat(Shingles.of(text)).isEqualTo(Shingles.of(PLAIN));
  }

  @Test
  void wordsCount() {
    assertThat(Shingles.of(PLAIN)).hasSize(4);
    assertThat(Shingles.of(PLAIN.replace("apples", "apple")))
        .hasSize(4)
        .doesNotContain(Shingles.of(PLAIN)); // the changed word is in all four
    assertThat(Shingles.of(PLAIN.replace("cafe", "bar"))).startsWith(firstThree(PLAIN));
    assertThat(Shingles.of("four words no more")).isEmpty();
    assertThat(Shingles.of(" ...! ")).isEmpty();
  }

  @Test
  void digitsOfAWordAreItsOwn() {
    assertThat(Shingles.of("w17 w203 w5 w81 w9"))
        .hasSize(1)
        .doesNotContain(Shingles.of("w18 w203 w5 w81 w9"))
        .isEqualTo(Shingles.of("W\u06617 W203 w5 w81 w9"));
    assertThat(Shingles.of("the 17th of 4 days")).doesNotContain(Shingles.of("the 18th of 4 days"));
    assertThat(Shingles.of("the 3a of 4 days")).doesNotContain(Shingles.of("the 4a of 4 days"));
    assertThat(Shingles.of("a 3.50 of 4 days")).isEqualTo(Shingles.of("a 12.5 of 77 days"));
  }

  @Test
  void numbersBesideChineseAreNumbersAndWordsAreWords() {
    String text = "我们把书的第17章和第4章都用A15写成了";
    assertThat(Shingles.of(text.replace("17", "203"))).isEqualTo(Shingles.of(text));
    assertThat(Shingles.of(text.replace("A15", "A16"))).isNotEqualTo(Shingles.of(text));
  }

  private static long[] firstThree(String text) {
    return Arrays.copyOf(Shingles.of(text), 3);
  }

  @Test
  void theHashOfARunDoesNotDependOnWhereItStands() {
    long[] far = Shingles.of("one two three four five six seven " + PLAIN);
    assertThat(far).endsWith(Shingles.of(PLAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "WORDS, 'Words with spaces, and 漢字 among them', 3",
    "HAN_CHARACTERS, 我们今天去公园散步。, 5",
    "HAN_CHARACTERS, これは日本語の文です, 6",
    "KOREAN_WORDS, 오늘은 날씨가 아주 좋습니다 그렇죠, 2",
    "THAI_CHARACTERS, สวสดครบผมชอคน, 9",
    "HAN_CHARACTERS, 𠀀𠀁𠀂𠀃, 4"
  })
  void theScriptChoosesTheShingle(Kind kind, String text, int shingles) {
    assertThat(Shingles.kindOf(text)).isEqualTo(kind);
    assertThat(Shingles.of(text)).hasSize(shingles);
  }
}
