package dev.rootstock.preprocess.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final String[] LANGUAGES = {"en", "zh", null, "<b>bold</b>"};

  private static Document document(int i) {
    String text = (i % 3 == 0 ? "語" : i % 3 == 1 ? "a" : "😀").repeat(1 + i * i % 997);
    return Document.of(
            text, new Origin(i % 2, "0123456789ab", i), null, LANGUAGES[i % LANGUAGES.length], null)
        .withScore("language", i % 100 / 100.0)
        .withScore("no share", i);
  }

  private static Dropped dropped(int i) {
    return new Dropped(
        document(i),
        i % 5 == 0 ? Reason.DUPLICATE : Reason.TOO_SHORT,
        i % 5 == 0 ? "exact/duplicate/1" : "basic/long-enough/1",
        i + " characters");
  }

  private static void count(Counts counts, int i) {
    if (i % 4 == 0) {
      counts.dropped(dropped(i));
    } else {
      counts.kept(document(i), i % 7 == 0 ? "validation" : "train");
    }
    counts.happened("e-mail", i % 3);
  }

  @Test
  void partsInAnyOrderAndAnySplitGiveTheSame() {
    Counts whole = new Counts();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      count(whole, i);
      order.add(i);
    }
    for (long seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(order, random);
      List<Counts> parts = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(9); i++) {
        parts.add(new Counts());
      }
      order.forEach(i -> count(parts.get(random.nextInt(parts.size())), i));
      Counts sum = new Counts();
      parts.forEach(part -> sum.add(Counts.ofTree(Json.parse(Json.line(part.tree())))));

      assertThat(Json.pretty(sum.tree())).isEqualTo(Json.pretty(whole.tree()));
    }
  }

  @Test
  void examplesAreThoseWithTheLeastIdsAndEachTextOnce() {
    Counts counts = new Counts();
    TreeMap<String, String> byId = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      Dropped one = dropped(1 + i % 40 * 4); // none of them a duplicate by rule, many by text
      if (one.reason() == Reason.TOO_SHORT) {
        counts.dropped(one);
        byId.put(one.document().id(), one.document().text());
      }
    }

    assertThat(counts.examples("TOO_SHORT/basic/long-enough/1"))
        .extracting(Example::id)
        .containsExactlyElementsOf(byId.keySet().stream().limit(3).toList());
  }

  @Test
  void charactersAreCodePointsAndBytesAreOfUtf8() {
    for (String text : List.of("", "abc", "é", "語言", "😀x😀", "\n\t")) {
      assertThat(Tally.of(text))
          .isEqualTo(
              new Tally(
                  1,
                  text.getBytes(StandardCharsets.UTF_8).length,
                  text.codePointCount(0, text.length())));
    }
  }

  @Test
  void theHeadOfATextIsOneLineAndNeverCutsACharacter() {
    assertThat(Example.head("  a\n\n b\tc  ", 10)).isEqualTo("a b c");
    assertThat(Example.head("😀😀😀", 2)).isEqualTo("😀😀…");
    assertThat(Example.head("ab", 2)).isEqualTo("ab");
    assertThat(Example.head(" \n", 2)).isEmpty();
  }

  @Test
  void statisticsAddUpAndTellLanguagesThatAreNone() {
    Map<Integer, Counts> bySource = Map.of(0, new Counts(), 1, new Counts());
    for (int i = 0; i < 400; i++) {
      count(bySource.get(i % 2), i);
    }
    CorpusListing corpus = new CorpusListing(List.of(source("a.txt"), source("b.txt")));

    Map<String, Object> statistics = Statistics.of(bySource, corpus);

    assertThat(statistics)
        .containsEntry("in", 400L)
        .containsEntry("kept", 300L)
        .containsEntry("dropped", Map.of("TOO_SHORT", 80L, "DUPLICATE", 20L));
    assertThat(sum(statistics, "sources", "kept")).isEqualTo(300);
    assertThat(sum(statistics, "sources", "in")).isEqualTo(400);
    assertThat(sum(statistics, "languages", "in")).isEqualTo(400);
    assertThat(sum(statistics, "rules", "documents")).isEqualTo(100);
    assertThat(sum(statistics, "lengths", "kept")).isEqualTo(300);
    assertThat(sum(statistics, "lengths", "dropped")).isEqualTo(100);
    assertThat((Long) statistics.get("train") + (Long) statistics.get("validation")).isEqualTo(300);
    assertThat((List<?>) statistics.get("languages"))
        .extracting(language -> String.valueOf(((Map<?, ?>) language).get("language")))
        .containsExactlyInAnyOrder("en", "zh", "und", "other");
    assertThat(((Map<?, ?>) statistics.get("scores")).get("language"))
        .asString()
        .contains("documents=400", "sumOfThousandths=198000");
    assertThat(statistics).containsEntry("happened", Map.of("e-mail", 399L));
    assertThat(Json.parse(Json.pretty(statistics))).isEqualTo(statistics);
  }

  private static CorpusListing.ListedSource source(String name) {
    PinnedFile file =
        new PinnedFile(URI.create("file:///corpus/" + name), "0".repeat(64), 7, Optional.empty());
    return new CorpusListing.ListedSource(
        name, 1, Optional.of("CC0-1.0"), Format.TEXT, "text", List.of(file));
  }

  private static long sum(Map<String, Object> statistics, String rows, String column) {
    return ((List<?>) statistics.get(rows))
        .stream().mapToLong(row -> (Long) ((Map<?, ?>) row).get(column)).sum();
  }

  @Test
  void claimedLanguagesAreCountedByTheLanguagesThereAre() {
    Counts counts = new Counts();
    for (String tag :
        List.of(
            "pt-BR", "PT_pt", "ceb", "pnb", "zh-Hant-TW", "qqx", "xx", "english", "de de", "")) {
      Document document = Document.of("a", new Origin(0, "0123456789ab", 0), null, tag, null);
      counts.kept(document, "train");
    }
    Map<String, Long> languages = new TreeMap<>();
    counts.each("kept/language/", (language, tally) -> languages.put(language, tally.documents()));

    assertThat(languages)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("pt", 2L, "ceb", 1L, "pnb", 1L, "zh", 1L, "other", 5L));
  }
}
