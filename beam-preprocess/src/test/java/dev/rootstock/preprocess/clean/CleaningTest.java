package dev.rootstock.preprocess.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.block.BlockList;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningTest {
  private final Cleaning basic = cleaning("{\"minCharacters\":5,\"maxCharacters\":8}");
  private final Cleaning none = cleaning("{\"recipe\":\"none\"}");

  private static Cleaning cleaning(String json) {
    return Cleaning.of(CanonicalJson.read(json, CleaningSpec.class));
  }

  private static Optional<Reason> reason(Cleaning cleaning, String text) {
    return cleaning.apply(Passages.document(text)).dropped().map(Dropped::reason);
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
    Document faulty =
        Document.unreadable("abcdef", new Document.Origin(0, "a", 0), null, "not UTF-8");
    Dropped dropped = none.apply(faulty).dropped().orElseThrow();
    assertThat(dropped.reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(dropped.detail()).isEqualTo("not UTF-8");
  }

  @Test
  void noneKeepsShortAndLongTextAndMasksNothing() {
    assertThat(reason(none, "a")).isEmpty();
    assertThat(reason(none, "a".repeat(2_000_000))).isEmpty();
    assertThat(none.apply(Passages.document("ann@web.org")).document().text())
        .isEqualTo("ann@web.org");
  }

  @Test
  void tellsTheRuleTheValueAndTheThreshold() {
    Dropped dropped = basic.apply(Passages.document("1234")).dropped().orElseThrow();

    assertThat(dropped.rule()).isEqualTo("basic/long-enough/1");
    assertThat(dropped.detail()).isEqualTo("4 characters; at least 5");
  }

  @Test
  void masksBeforeItAsksSoThatWhatIsDroppedIsMaskedToo() {
    Cleaned cleaned =
        cleaning("{}").apply(Passages.document("write to ann@web.org or bob@web.org"));

    assertThat(cleaned.dropped().orElseThrow().document().text())
        .isEqualTo("write to <email> or <email>");
    assertThat(cleaned.counts()).isEqualTo(Map.of("masked email", 2L));
  }

  @Test
  void aTextThatWasChangedHasAnotherIdAndAnUnchangedOneItsOwn() {
    Document plain = Passages.document("x".repeat(200));
    Document address = Passages.document("ann@web.org ".repeat(20));
    Cleaning cleaning = cleaning("{}");

    assertThat(cleaning.apply(plain).document()).isEqualTo(plain);
    assertThat(cleaning.apply(address).document().id())
        .isEqualTo(Passages.document("<email> ".repeat(20)).id());
  }

  @Test
  void masksTheAddressAndTheDetailToo() {
    Cleaning cleaning = cleaning("{\"minCharacters\":1}");
    Document faulty =
        Document.unreadable("abc", new Document.Origin(0, "a", 0), null, "not ann@web.org");

    assertThat(cleaning.apply(Passages.at("https://a.org/?to=ann@web.org")).document().url())
        .isEqualTo("https://a.org/?to=<email>");
    assertThat(cleaning.apply(faulty).dropped().orElseThrow().detail()).isEqualTo("not <email>");
  }

  @Test
  void onlyWhatIsAskedForIsMasked() {
    Cleaning cleaning = cleaning("{\"minCharacters\":1,\"mask\":[\"ip\"]}");

    assertThat(cleaning.apply(Passages.document("ann@web.org 66.249.66.1")).document().text())
        .isEqualTo("ann@web.org <ip>");
  }

  @Test
  void keepsTheLanguagesAskedForWithTheirScore() {
    Cleaning cleaning = cleaning("{\"minCharacters\":1,\"languages\":[\"de\",\"no\"]}");
    String german =
        "Am Morgen gingen wir durch den Wald, und es war noch so kühl, dass der Nebel zwischen den"
            + " Bäumen stand und niemand ein Wort sagte. Erst am Fluss blieb der Alte stehen, zeigte auf"
            + " das andere Ufer und meinte, dort hätten sie als Kinder jeden Sommer gebadet, bevor das"
            + " Wehr gebaut wurde und das Wasser so ruhig und so tief geworden sei.";
    String english =
        "In the morning we walked through the woods, and it was still so cool that nobody said a"
            + " word while the fog lay between the trees. Only at the river did the old man stop, point to"
            + " the other bank and say that they had gone swimming there every summer when they were"
            + " children, before the weir was built and the water became so quiet and so deep.";

    Document kept = cleaning.apply(Passages.document(german)).document();
    Dropped dropped = cleaning.apply(Passages.document(english)).dropped().orElseThrow();

    assertThat(kept.language()).isEqualTo("de");
    assertThat(kept.scores().get("language")).isBetween(0.5, 1.0);
    assertThat(dropped.reason()).isEqualTo(Reason.LANGUAGE);
    assertThat(dropped.detail()).startsWith("en ").endsWith("one of de, no");
  }

  @Test
  void blockedSitesAndWordsDropWhateverTheRecipe() {
    Cleaning cleaning =
        cleaning(
            "{\"recipe\":\"none\",\"blocked\":{\"sites\":[\"web.org\"],\"words\":[\"fnord\"]}}");

    assertThat(cleaning.apply(Passages.at("https://a.web.org/x")).dropped().map(Dropped::reason))
        .contains(Reason.URL_BLOCKED);
    assertThat(reason(cleaning, "a Fnord!")).contains(Reason.BAD_WORDS);
    assertThat(reason(cleaning, "a fnords")).isEmpty();
  }

  @Test
  void listsThatLieInAStoreAddToWhatIsWrittenInTheRequest(@TempDir Path folder) throws IOException {
    BlockList sites = BlockList.of(bytes("spam.example", "news.example/adverts"));
    BlockList words = BlockList.of(bytes("wild oats"));
    try (ArtifactStore store = Stores.open(folder.toString())) {
      sites.keep(store);
      words.keep(store);
      String json =
          "{\"minCharacters\":1,\"blocked\":{\"sites\":[\"own.example\"],\"files\":{\"sites\":[\"%s\"],\"words\":[\"%s\"]}}}";
      CleaningSpec spec =
          CanonicalJson.read(String.format(json, sites.pin(), words.pin()), CleaningSpec.class);
      Cleaning cleaning = Cleaning.of(spec, store);

      assertThat(reason(cleaning, "https://a.spam.example/x", "Plain text.")).isEqualTo("site");
      assertThat(reason(cleaning, "https://own.example", "Plain text.")).isEqualTo("site");
      assertThat(reason(cleaning, "https://news.example/adverts/1", "Plain.")).isEqualTo("site");
      assertThat(reason(cleaning, "https://news.example/", "He sowed Wild  oats."))
          .isEqualTo("wild");
      assertThat(reason(cleaning, "https://news.example/", "He sowed oats.")).isEmpty();
    }
  }

  private static List<byte[]> bytes(String... entries) {
    return Stream.of(entries)
        .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
        .collect(Collectors.toList());
  }

  private static String reason(Cleaning cleaning, String url, String text) {
    return cleaning
        .apply(Passages.at(url).withText(text))
        .dropped()
        .map(dropped -> dropped.detail().split(" ")[0])
        .orElse("");
  }
}
