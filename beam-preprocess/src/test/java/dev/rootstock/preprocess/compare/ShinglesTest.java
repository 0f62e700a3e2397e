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
    "HAN_CHARACTERS, 我们今天去公园散步。, 2",
    "HAN_CHARACTERS, これは日本語の文です, 3",
    "KOREAN_WORDS, 오늘은 날씨가 아주 좋습니다 그렇죠, 2",
    "THAI_CHARACTERS, สวสดครบผมชอคน, 4",
    "HAN_CHARACTERS, 𠀀𠀁𠀂𠀃, 1"
  })
  void theScriptChoosesTheShingle(Kind kind, String text, int shingles) {
    assertThat(Shingles.kindOf(text)).isEqualTo(kind);
    assertThat(Shingles.of(text)).hasSize(shingles);
  }
}
