package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTextRobustnessTest {
  private static final String WORDS = "Nobody knows, not even the keeper, how deep this goes. ";

  private static Extracted extract(String html) {
    return MainText.of(html.getBytes(StandardCharsets.UTF_8), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "<a href=x>",
        "<p><b>"
      })
  void readsFiftyThousandNestedTagsInTimeThatGrowsWithThem(String tag) {
    double few = seconds(tag.repeat(5_000) + WORDS.repeat(9)); // also warms up
    double many = seconds(tag.repeat(50_000) + WORDS.repeat(9));

    assertThat(extract(tag.repeat(50_000) + WORDS.repeat(9)).text())
        .contains("not even the keeper");
    // Ten times the tags; a hundred times the time would be quadratic.
    assertThat(many).isLessThan(Math.max(2, 40 * few));
  }

  @Test
  void readsTextAmongNestedTagsLevelByLevel() {
    String page = ("<div>" + WORDS).repeat(20_000);

    assertThat(extract(page).text()).hasSizeGreaterThan(20_000 * (WORDS.length() - 1));
  }

  @Test
  void readsThePartOfAHugePageThatItSaysItReads() {
    String paragraph = "<p>" + WORDS + WORDS + "</p>";
    String page = paragraph.repeat(MainText.MOST_BYTES / paragraph.length() * 3 / 2);

    assertThat(extract(page).text()).hasSizeBetween(MainText.MOST_BYTES / 2, MainText.MOST_BYTES);
  }

  @Test
  void makesTheBestOfPagesThatAreNone() {
    assertThat(extract("")).isEqualTo(new Extracted("", null, null, Confidence.WEAK));
    assertThat(extract(WORDS.strip()).text()).isEqualTo(WORDS.strip());
    assertThat(extract("<script>var a = '<p>Hello, you.</p>';</script>".repeat(100)))
        .isEqualTo(new Extracted("", null, null, Confidence.WEAK));
    assertThat(extract("<p>" + WORDS.repeat(3) + "<div><b><i>" + WORDS.repeat(3) + "<p").text())
        .isEqualTo(WORDS.repeat(3).strip() + "\n\n" + WORDS.repeat(3).strip());
    assertThat(extract("<".repeat(1_000_000) + ">").confidence()).isNotNull();
    assertThat(extract("<p " + "a ".repeat(200_000) + ">" + WORDS).text()).isEqualTo(WORDS.strip());
  }

  @Test
  void survivesJunk() {
    Random random = new Random(7);
    byte[] junk = new byte[200_000];
    random.nextBytes(junk);
    byte[] page =
        ("<html><div class=post><p>" + WORDS + "</p><ul><li>" + WORDS + "</ul></div>")
            .repeat(200)
            .getBytes(StandardCharsets.UTF_8);

    assertThatCode(() -> MainText.of(junk, "utf-16")).doesNotThrowAnyException();
    for (int round = 0; round < 50; round++) {
      byte[] torn = page.clone();
      for (int i = 0; i < torn.length / 40; i++) {
        torn[random.nextInt(torn.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> MainText.of(torn, null)).doesNotThrowAnyException();
    }
  }

  @Test
  void saysTheSameToManyThreadsAtOnce() throws Exception {
    byte[] page =
        ("<div class=post><p>"
                + WORDS.repeat(4)
                + "</p><h2>Deep</h2><p>"
                + WORDS.repeat(5)
                + "</p>")
            .getBytes(StandardCharsets.UTF_8);
    Extracted alone = MainText.of(page, null);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Extracted>> calls =
          IntStream.range(0, 200)
              .<Callable<Extracted>>mapToObj(i -> () -> MainText.of(page, null))
              .toList();
      for (Future<Extracted> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Of this thread's own work: the machine may be busy. */
  private static double seconds(String page) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    extract(page);
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
  }
}
