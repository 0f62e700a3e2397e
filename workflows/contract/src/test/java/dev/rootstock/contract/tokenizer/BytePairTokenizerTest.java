package dev.rootstock.contract.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    for (int round = 0; round < 150; round++) {
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < 50 + round; i++) {
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
    String whole = Normalizer.normalize(text, Normalizer.Form.NFC); // all that Qwen2 changes
    assertThat(
            Arrays.equals(other.bytes(other.encode(whole)), whole.getBytes(StandardCharsets.UTF_8)))
        .isTrue();
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
  void tenMegabytesOfOneLetterAreNoTrouble() {
    List<Merge> doublings = new ArrayList<>();
    for (int id = 257, half = a; id < 277; half = id++) {
      doublings.add(new Merge(half, half, id));
    }
    BytePairTokenizer doubling = BytePairTokenizer.learned(PreTokenizer.LLAMA3, doublings);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThat(doubling.encode("a".repeat(10_000_000)))
                .startsWith(276) // 2^20 letters
                .hasSize(9 + Integer.bitCount(10_000_000 - 9 * (1 << 20))));
  }

  @Test
  void whatIsRememberedIsWhatIsMergedAnew() {
    Random random = new Random(5);
    for (int round = 0; round < 300_000; round++) { // several times what is remembered
      String letters =
          Integer.toString(random.nextInt(400_000), 3).replace('0', 'a').replace('1', 'b');
      int[] ids = tokenizer.encode(letters);
      if (round % 500 == 0) {
        assertThat(ids).isEqualTo(slowly(letters));
      }
    }
  }

  @Test
  void qwen2BringsTextIntoNfcAndSaysSo() {
    BytePairTokenizer qwen = BytePairTokenizer.learned(PreTokenizer.QWEN2, List.of());

    assertThat(qwen.json()).contains("\"normalizer\":{\"type\":\"NFC\"}");
    assertThat(qwen.decode(qwen.encode("a\u0301 \u212b"))).isEqualTo("\u00e1 \u00c5");
    assertThat(BytePairTokenizer.read(qwen.json()).encode("a\u0301"))
        .isEqualTo(qwen.encode("\u00e1"));
  }

  @Test
  void specialTokensComeFirstAndNoTextGivesThem() {
    TokenizerSpec spec =
        new TokenizerSpec(
            300,
            PreTokenizer.GPT2,
            List.of("<|im_start|>", "<|im_end|>", TokenizerSpec.END_OF_TEXT));
    BytePairTokenizer chat = BytePairTokenizer.learned(spec, List.of(new Merge(a + 2, b + 2, 259)));

    assertThat(chat.endOfText()).isEqualTo(2);
    assertThat(chat.special("<|im_end|>")).contains(1);
    assertThat(chat.encode("<|im_end|>")).doesNotContain(0, 1, 2).hasSizeGreaterThan(1);
    assertThat(chat.encode("ab")).containsExactly(259);
    assertThat(BytePairTokenizer.read(chat.json()).json()).isEqualTo(chat.json());
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
        .hasMessageContaining("GPT-2, Llama 3 or Qwen2");
  }
}
