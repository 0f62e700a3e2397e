package dev.rootstock.preprocess.clean.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec.Blocked;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Passages;
import dev.rootstock.preprocess.clean.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedTest {
  private static final SiteList SITES =
      SiteList.of(
          List.of(
              "# spam",
              "",
              "example.com",
              " Shop.Example.ORG ",
              "https://news.net/adverts/",
              "10.1.2.3"));

  private static BlockedAddress rule(Blocked blocked) {
    return new BlockedAddress(SiteList.of(blocked.sites()), blocked);
  }

  private static Verdict judge(String blocked, String url) {
    return rule(CanonicalJson.read(blocked, Blocked.class)).judge(Passage.of(Passages.at(url)));
  }

  @Test
  void aDomainMeansAllBelowItAndNothingBesideIt() {
    assertThat(SITES.find("http://example.com")).isEqualTo("example.com");
    assertThat(SITES.find("https://user:x@a.b.EXAMPLE.com:8080/path?q#f")).isEqualTo("example.com");
    assertThat(SITES.find("https://www.shop.example.org/x")).isEqualTo("shop.example.org");
    assertThat(SITES.find("http://example.com./")).isEqualTo("example.com");
    assertThat(SITES.find("http://10.1.2.3/x")).isEqualTo("10.1.2.3");
    assertThat(SITES.find("http://notexample.com")).isEmpty();
    assertThat(SITES.find("http://example.com.evil.net/")).isEmpty();
    assertThat(SITES.find("http://example.org/shop.example.org")).isEmpty();
  }

  @Test
  void anAddressMeansAllThatLiesBeneathIt() {
    assertThat(SITES.find("https://www.news.net/adverts/one.html")).isEqualTo("news.net/adverts");
    assertThat(SITES.find("https://news.net/adverts?x=1")).isEqualTo("news.net/adverts");
    assertThat(SITES.find("https://news.net/adverts")).isEqualTo("news.net/adverts");
    assertThat(SITES.find("https://news.net/advertsing")).isEmpty();
    assertThat(SITES.find("https://news.net/")).isEmpty();
  }

  @Test
  void oneWordDropsAndSoftOnesDropInPairs() {
    String blocked = "{\"urlWords\":[\"casino\"],\"softUrlWords\":[\"free\",\"cheap\"]}";

    assertThat(judge(blocked, "http://a.org/best-Casino/x"))
        .isEqualTo(new Verdict.Objection(Reason.URL_BLOCKED, "word casino"));
    assertThat(judge(blocked, "http://a.org/casinos")).isEqualTo(Verdict.PASS);
    assertThat(judge(blocked, "http://free.org/free")).isEqualTo(Verdict.PASS);
    assertThat(judge(blocked, "http://free.org/cheap"))
        .isEqualTo(new Verdict.Objection(Reason.URL_BLOCKED, "words free, cheap; below 2"));
  }

  @Test
  void aPartIsLookedForInLettersAndDigitsAlone() {
    assertThat(judge("{\"urlParts\":[\"cas1no\"]}", "http://a.org/my-ca.s1_no"))
        .isEqualTo(new Verdict.Objection(Reason.URL_BLOCKED, "part cas1no"));
  }

  @Test
  void aDocumentWithoutAnAddressPasses() {
    assertThat(rule(Blocked.NONE).judge(Passages.passage("text"))).isEqualTo(Verdict.PASS);
  }

  @Test
  void phrasesAreFoundWholeAndChineseAnywhere() {
    BlockedWords rule = new BlockedWords(List.of("red Herring", "赌场"));

    assertThat(Passages.objection(rule, "a Red herring.")).contains(Reason.BAD_WORDS);
    assertThat(Passages.objection(rule, "a red herrings, red")).isEmpty();
    assertThat(Passages.objection(rule, "他们昨天去了大赌场里面玩")).contains(Reason.BAD_WORDS);
    assertThat(Passages.objection(rule, "他们昨天去了很大的地方玩")).isEmpty();
  }

  @Test
  void anAddressOfAnyLengthTakesLittleTime() {
    String host = "a.".repeat(500_000) + "example.com";

    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(SITES.find("http://" + host)).isEqualTo("example.com");
          assertThat(SITES.find("http://x.net" + "/a".repeat(500_000))).isEmpty();
        });
  }
}
