package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies that pages state in JSON-LD. */
class StatementTest {
  private static final String FIRST =
      "The lighthouse keeper climbed the stairs at dusk, as he had done every evening for thirty"
          + " years, and lit the lamp without looking at his hands.";
  private static final String SECOND =
      "Far out on the water, a fishing boat turned towards the harbour, and its crew, tired and"
          + " cold, counted the seconds between one flash and the next.";
  private static final String THIRD =
      "By morning the storm had passed, the gulls were back on the pier, and nobody in the village"
          + " spoke of the night, although everyone had been awake.";
  private static final String NOISE =
      "Our readers say that our lamps, our boats and our gulls are the best in the whole region, and"
          + " we have never once disagreed with them.";

  private static String page(String stated, String... paragraphs) {
    return "<script type='application/ld+json'>"
        + stated
        + "</script><div><p>"
        + String.join("</p><p>", paragraphs)
        + "</p></div>";
  }

  private static String text(String page) {
    return MainText.of(page.getBytes(StandardCharsets.UTF_8), null).text();
  }

  private static String graph(String body) {
    return "{\"@graph\":[{\"@type\":\"WebSite\"},[{\"articleBody\":\"" + body + "\"}]]}";
  }

  @Test
  void takesOutWhatASoundBodyLeavesOut() {
    assertThat(text(page(graph(FIRST + " " + SECOND), FIRST, NOISE, SECOND)))
        .isEqualTo(FIRST + "\n\n" + SECOND);
  }

  @Test
  void findsABodyThatIsMarkupOrEscaped() {
    String markup = "<p>" + FIRST + "<\\/p><p>" + SECOND + "<\\/p>";
    String escaped = "&lt;p&gt;" + FIRST + "&lt;/p&gt;&lt;p&gt;" + SECOND + "&lt;/p&gt;";

    assertThat(text(page(graph(markup), FIRST, NOISE, SECOND))).isEqualTo(FIRST + "\n\n" + SECOND);
    assertThat(text(page(graph(escaped), FIRST, NOISE, SECOND))).isEqualTo(FIRST + "\n\n" + SECOND);
  }

  @Test
  void findsTextThatNamesWouldHaveCut() {
    String hidden =
        page(graph(FIRST + SECOND + THIRD), FIRST, THIRD).replace("</div>", "")
            + "<div class=newsletter-promo><p>"
            + SECOND
            + "</p></div></div>";

    assertThat(text(hidden)).isEqualTo(FIRST + "\n\n" + THIRD + "\n\n" + SECOND);
    assertThat(text(hidden.replace("articleBody", "abstract"))).isEqualTo(FIRST + "\n\n" + THIRD);
  }

  @Test
  void doesNotTakeASummaryAnotherArticleOrBrokenData() {
    String whole = FIRST + "\n\n" + NOISE + "\n\n" + SECOND;

    assertThat(text(page(graph("A keeper and a boat."), FIRST, NOISE, SECOND))).isEqualTo(whole);
    assertThat(text(page(graph(FIRST), FIRST, NOISE, SECOND))).isEqualTo(whole);
    assertThat(text(page(graph("Something else entirely. ".repeat(20)), FIRST, NOISE, SECOND)))
        .isEqualTo(whole);
    assertThat(text(page("{\"articleBody\": \"" + FIRST, FIRST, NOISE, SECOND))).isEqualTo(whole);
  }
}
