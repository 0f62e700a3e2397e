package dev.rootstock.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WrittenTextTest {
  private static final BytePairTokenizer BYTES =
      BytePairTokenizer.learned(TokenizerSpec.PreTokenizer.GPT2, List.of()); // a token a byte

  private final List<String> pieces = new ArrayList<>();

  private WrittenText write(String text, String... stops) {
    WrittenText written = new WrittenText(BYTES, List.of(stops));
    for (int id : BYTES.encode(text)) {
      boolean enough = written.add(id);
      pieces.add(written.fresh());
      if (enough) {
        break;
      }
    }
    pieces.add(written.rest());
    return written;
  }

  @Test
  void endsBeforeAStopThatSpansTokens() {
    WrittenText written = write("one two\n\nthree", "\n\n");

    assertThat(written.text()).isEqualTo("one two");
    assertThat(BYTES.decode(written.ids().stream().mapToInt(id -> id).toArray()))
        .isEqualTo("one two\n"); // the token before was written when nothing told of a stop
    assertThat(String.join("", pieces)).isEqualTo("one two");
  }

  @Test
  void theStopThatComesFirstCounts() {
    assertThat(write("a<b>c", "c", "<b>").text()).isEqualTo("a");
    assertThat(write("aXbYc", "Y", "X").text()).isEqualTo("a");
    assertThat(write("aaab", "aab").text()).isEqualTo("a");
  }

  @Test
  void whatOnlyBeginsLikeAStopIsSaidLater() {
    WrittenText written = write("a<b<br>", "<br/>");

    assertThat(written.text()).isEqualTo("a<b<br>");
    assertThat(pieces).startsWith("a", "", "", "<b", "", "", "<br>");
    assertThat(String.join("", pieces)).isEqualTo("a<b<br>");
  }

  @Test
  void handsOutWholeCharactersOnly() {
    write("é漢🌱!");

    assertThat(pieces).containsExactly("", "é", "", "", "漢", "", "", "", "🌱", "!", "");
  }

  @Test
  void aStopOfSeveralBytesAmongOthersIsFound() {
    assertThat(write("日本。語", "。").text()).isEqualTo("日本");
  }

  @Test
  void brokenBytesAreToldOnceNothingCanMendThem() {
    WrittenText written = new WrittenText(BYTES, List.of());
    int lead = BYTES.encode("é")[0];
    written.add(lead);
    assertThat(written.fresh()).isEmpty();
    written.add(BYTES.encode("a")[0]);
    assertThat(written.fresh()).isEqualTo("\uFFFDa");
  }

  @Test
  void piecesAreTheTextWhateverIsWritten() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        text.append(List.of("a", "b", "ab", "é", "漢", "🌱").get(random.nextInt(6)));
      }
      pieces.clear();
      String stop = "ab" + List.of("a", "b", "é", "漢").get(random.nextInt(4));
      WrittenText written = write(text.toString(), stop);
      int first = text.indexOf(stop);

      assertThat(written.text()).isEqualTo(first < 0 ? text.toString() : text.substring(0, first));
      assertThat(String.join("", pieces)).isEqualTo(written.text());
    }
  }
}
