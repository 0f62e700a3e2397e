package dev.rootstock.preprocess.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Document.Origin ORIGIN = new Document.Origin(0, "0123456789ab", 0);

  private final Rules basic =
      Rules.of(CanonicalJson.read("{\"minCharacters\":5,\"maxCharacters\":8}", CleaningSpec.class));
  private final Rules none =
      Rules.of(CanonicalJson.read("{\"recipe\":\"none\"}", CleaningSpec.class));

  private static Document document(String text) {
    return Document.of(text, ORIGIN, null, null, null);
  }

  private static Optional<Reason> reason(Rules rules, String text) {
    return rules.dropped(document(text)).map(Dropped::reason);
  }

  @Test
  void basicKeepsWhatIsNeitherShortNorLong() {
    assertThat(reason(basic, "12345")).isEmpty();
    assertThat(reason(basic, "12345678")).isEmpty();
    assertThat(reason(basic, "1234")).contains(Reason.TOO_SHORT);
    assertThat(reason(basic, "123456789")).contains(Reason.TOO_LONG);
  }

  @Test
  void charactersAreCountedAndNotTheirHalves() {
    assertThat(reason(basic, "😀😀😀😀")).contains(Reason.TOO_SHORT);
    assertThat(reason(basic, "😀😀😀😀😀")).isEmpty();
  }

  @Test
  void blankTextIsEmptyRatherThanShort() {
    assertThat(reason(basic, " \n\t")).contains(Reason.EMPTY);
    assertThat(reason(none, "")).contains(Reason.EMPTY);
  }

  @Test
  void aFaultOrTooManyReplacementsMakeTextUnreadable() {
    assertThat(reason(basic, "abcde\ufffd")).contains(Reason.UNREADABLE);
    assertThat(reason(none, "abcde\ufffd")).isEmpty();
    Document faulty = Document.unreadable("abcdef", ORIGIN, null, "not UTF-8");
    assertThat(none.dropped(faulty).map(Dropped::reason)).contains(Reason.UNREADABLE);
    assertThat(none.dropped(faulty).map(Dropped::detail)).contains("not UTF-8");
  }

  @Test
  void noneKeepsShortAndLongText() {
    assertThat(reason(none, "a")).isEmpty();
    assertThat(reason(none, "a".repeat(2_000_000))).isEmpty();
  }

  @Test
  void tellsTheRuleTheValueAndTheThreshold() {
    Dropped dropped = basic.dropped(document("1234")).orElseThrow();

    assertThat(dropped.rule()).isEqualTo("basic/long-enough/1");
    assertThat(dropped.detail()).isEqualTo("4 characters; at least 5");
  }
}
