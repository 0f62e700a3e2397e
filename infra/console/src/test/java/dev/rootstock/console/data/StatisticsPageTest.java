package dev.rootstock.console.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.junit.jupiter.api.Test;

class StatisticsPageTest {
  private static final String HOSTILE =
      "</p></style><script>alert(1)</script>\"' onload=x \u0000\u001b[31m\u202e &lt;";

  private static Map<String, Object> statistics() {
    Map<String, Object> example =
        Map.of("id", "1", "source", HOSTILE, "detail", HOSTILE, "text", HOSTILE);
    Map<String, Object> statistics = new LinkedHashMap<>();
    statistics.put("in", 10L);
    statistics.put("kept", 7L);
    statistics.put("dropped", Map.of("TOO_SHORT", 3L));
    statistics.put("bytesIn", 12_345L);
    statistics.put("bytesKept", 9_999_999L);
    statistics.put(
        "rules",
        List.of(
            Map.of(
                "rule",
                HOSTILE,
                "reason",
                "TOO_SHORT",
                "documents",
                3L,
                "bytes",
                5L,
                "examples",
                List.of(example))));
    statistics.put(
        "sources",
        List.of(
            Map.of(
                "source", 0L, "name", HOSTILE, "licence", HOSTILE, "files", 2L, "in", 10L, "kept",
                7L)));
    statistics.put("languages", List.of(Map.of("language", HOSTILE, "in", 10L, "kept", 7L)));
    statistics.put(
        "lengths",
        List.of(
            Map.of("from", 64L, "to", 90L, "kept", 0L, "dropped", 3L),
            Map.of("from", 91L, "to", 127L, "kept", 7L, "dropped", 0L)));
    statistics.put(
        "scores",
        Map.of(
            HOSTILE, Map.of("documents", 2L, "sumOfThousandths", 1500L, "bins", List.of(1L, 1L))));
    statistics.put("happened", Map.of(HOSTILE, 4L));
    return statistics;
  }

  @Test
  void textOfACorpusCanDoNothingButBeRead() throws Exception {
    String page = StatisticsPage.of(HOSTILE, statistics());

    assertThat(page)
        .doesNotContain("<script", "\u0000", "\u001b", "\u202e")
        .contains("&lt;script&gt;alert(1)", "␀␛[31m[U+202E] &amp;lt;");
    StringBuilder scripts = new StringBuilder();
    new ParserDelegator()
        .parse(
            new StringReader(page),
            new HTMLEditorKit.ParserCallback() {
              @Override
              public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int at) {
                if (tag == HTML.Tag.SCRIPT) {
                  scripts.append(at);
                }
              }
            },
            true);
    assertThat(scripts).isEmpty();
  }

  @Test
  void thePageNeedsNothingElse() {
    String page = StatisticsPage.of("crawl", statistics());

    assertThat(page).doesNotContain("src=", "href=", "url(", "@import");
    assertThat(page.indexOf("</html>")).isEqualTo(page.length() - "</html>\n".length());
    for (String tag : List.of("div", "table", "tr", "details", "svg", "ul", "p", "main")) {
      assertThat(count(page, "<" + tag + "[ >]")).as(tag).isEqualTo(count(page, "</" + tag + ">"));
    }
  }

  private static long count(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().count();
  }

  @Test
  void whatIsCountedIsShown() {
    assertThat(StatisticsPage.of("crawl", statistics()))
        .contains("10 documents were read; 7 of them are kept, 70.0 %")
        .contains("TOO_SHORT <span>3, 30.0 %</span>")
        .contains("91 to 127 characters: 7 kept, 0 dropped")
        .contains("mean 0.75")
        .contains("10.0 MB");
  }

  @Test
  void anEmptyCorpusHasAPageToo() {
    assertThat(StatisticsPage.of("none", Map.of("in", 0L, "kept", 0L)))
        .contains("0 documents were read")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void someIsNeverShownAsNoneNorMostAsAll() {
    assertThat(Html.share(1, 1_000_000)).isEqualTo("< 0.1 %");
    assertThat(Html.share(999_999, 1_000_000)).isEqualTo("> 99.9 %");
    assertThat(Html.share(0, 5)).isEqualTo("0 %");
    assertThat(Html.share(5, 5)).isEqualTo("100 %");
    assertThat(Html.bytes(999)).isEqualTo("999 B");
    assertThat(Html.bytes(999_600)).isEqualTo("1.0 MB");
  }
}
