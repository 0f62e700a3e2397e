package dev.rootstock.contract.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Against the JDK's regular expressions, which are right and slow. */
class PiecesTest {
  private static final Pattern GPT2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern LLAMA3 =
      Pattern.compile(
          "(?iu:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern QWEN2 =
      Pattern.compile(LLAMA3.pattern().replace("{1,3}", ""), Pattern.UNICODE_CHARACTER_CLASS);
  private static final String[] BITS = {
    " ", " ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u0085", "\u2028", "\u001c", "'", "'s",
        "'LL", "'ſ", "'Re", "a",
    "Zé", "語", "\u0301", "1", "٣", "Ⅷ", "½", "𝟘", "𝒳", "🙂", "\u200d", "-", "…", "_", "\ufeff",
        "\u200b"
  };

  @Test
  void cutsRandomTextAsTheExpressionsDo() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(BITS[random.nextInt(BITS.length)]);
      }
      assertSame(text.toString());
    }
  }

  @Test
  void cutsEveryCharacterAsTheExpressionsDo() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (Character.isDefined(c) && !surrogate) { // the JDK's Unicode may be older than ours
        assertSame(
            "a"
                + Character.toString(c)
                + "1"
                + Character.toString(c)
                + Character.toString(c)
                + " .");
      }
    }
  }

  @Test
  void knowsUnicode16WhateverTheJdkKnows() {
    int garayLetter = 0x10d50;
    int garayDigit = 0x10d41;
    String text = "a" + Character.toString(garayLetter) + Character.toString(garayDigit);

    assertThat(new Pieces(PreTokenizer.GPT2).of(text))
        .containsExactly("a" + Character.toString(garayLetter), Character.toString(garayDigit));
  }

  private static void assertSame(String text) {
    assertThat(new Pieces(PreTokenizer.GPT2).of(text)).isEqualTo(matches(GPT2, text));
    assertThat(new Pieces(PreTokenizer.LLAMA3).of(text)).isEqualTo(matches(LLAMA3, text));
    assertThat(new Pieces(PreTokenizer.QWEN2).of(text)).isEqualTo(matches(QWEN2, text));
  }

  private static List<String> matches(Pattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      pieces.add(matcher.group());
    }
    return pieces;
  }
}
