package dev.rootstock.contract.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BytePairTokenizerTest {
  private static final int LONG = 2_000_000; // characters; quadratic time would not end

  private final int a = id('a');
  private final int b = id('b');
  private final BytePairTokenizer tokenizer =
      BytePairTokenizer.learned(
          PreTokenizer.GPT2,
          List.of(new Merge(a, b, 257), new Merge(257, 257, 258), new Merge(b, a, 259)));

  private static int id(char letter) {
    return 1 + BytePairTokenizer.byteOfId().indexOf((int) letter);
  }

  @Test
  void mergesTheLowestRankFirstAndTheLeftmostAmongEquals() {
    assertThat(tokenizer.encode("ababab")).containsExactly(258, 257);
    assertThat(tokenizer.encode("bab")).containsExactly(b, 257);
    assertThat(tokenizer.encode("bba")).containsExactly(b, 259);
  }

  @Test
  void mergesLongPiecesAsItMergesShortOnes() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < 120; i++) {
        letters.append((char) ('a' + random.nextInt(3)));
      }
      assertThat(tokenizer.encode(letters.toString())).isEqualTo(slowly(letters.toString()));
    }
  }

  /** By the definition: all pairs, the lowest rank, the leftmost, again and again. */
  private int[] slowly(String letters) {
    List<Integer> ids = new ArrayList<>();
    letters.chars().forEach(letter -> ids.add(id((char) letter)));
    List<Merge> merges =
        List.of(new Merge(a, b, 257), new Merge(257, 257, 258), new Merge(b, a, 259));
    for (boolean merged = true; merged; ) {
      merged = false;
      for (int rank = 0; rank < merges.size() && !merged; rank++) {
        Merge merge = merges.get(rank);
        for (int i = 0; i + 1 < ids.size() && !merged; i++) {
          if (ids.get(i) == merge.left() && ids.get(i + 1) == merge.right()) {
            ids.set(i, merge.id());
            ids.remove(i + 1);
            merged = true;
          }
        }
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void givesBackEveryByte(PreTokenizer pattern) {
    BytePairTokenizer other = BytePairTokenizer.learned(pattern, List.of(new Merge(a, b, 257)));
    StringBuilder text =
        new StringBuilder("ab 'll\r\n\t  é ﷺ 語 \u0000\u0085 👩‍👩‍👧 <|endoftext|> a\u0301");
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += 61) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    assertThat(other.bytes(other.encode(text.toString())))
        .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void spellingOfASpecialTokenInTextIsText() {
    assertThat(tokenizer.encode("<|endoftext|>"))
        .doesNotContain(tokenizer.endOfText())
        .hasSizeGreaterThan(1);
    assertThat(tokenizer.decode(new int[] {tokenizer.endOfText()})).isEqualTo("<|endoftext|>");
  }

  @Test
  void loneSurrogatesBecomeReplacementCharacters() {
    assertThat(tokenizer.decode(tokenizer.encode("a\ud800b\udc00"))).isEqualTo("a\ufffdb\ufffd");
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void longRunsTakeLinearTime(PreTokenizer pattern) {
    BytePairTokenizer other = BytePairTokenizer.learned(pattern, List.of(new Merge(a, a, 257)));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertThat(other.encode(" ".repeat(LONG) + "x")).hasSize(LONG + 1);
          assertThat(other.encode("\n ".repeat(LONG / 2))).hasSize(LONG);
          assertThat(other.encode("a".repeat(LONG))).hasSize(LONG / 2);
        });
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void readsWhatItWrites(PreTokenizer pattern) {
    BytePairTokenizer written = BytePairTokenizer.learned(pattern, List.of(new Merge(a, b, 257)));

    BytePairTokenizer read = BytePairTokenizer.read(written.json());

    assertThat(read.json()).isEqualTo(written.json());
    assertThat(read.vocabulary()).isEqualTo(258);
    assertThat(read.endOfText()).isZero();
    assertThat(read.encode("abba 1234'LL")).isEqualTo(written.encode("abba 1234'LL"));
  }

  @Test
  void readsMergesThatAreWrittenWithASpace() {
    String pairs = tokenizer.json();
    String lines = pairs.replace("[\"a\",\"b\"]", "\"a b\"").replace("[\"b\",\"a\"]", "\"b a\"");

    assertThat(lines).isNotEqualTo(pairs);
    assertThat(BytePairTokenizer.read(lines).json()).isEqualTo(pairs);
  }

  @Test
  void refusesAPatternItDoesNotKnow() {
    String other =
        BytePairTokenizer.learned(PreTokenizer.LLAMA3, List.of()).json().replace("{1,3}", "{1,2}");

    assertThatThrownBy(() -> BytePairTokenizer.read(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pre_tokenizer.pattern.Regex")
        .hasMessageContaining("GPT-2 or Llama 3");
  }
}
