package dev.rootstock.preprocess.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
  @Test
  void keepsWordsAndLosesMarks() {
    assertThat(
            Markdown.text(
                "# A *fine* title #\n\nSome **bold**, _slanted_ and ~~gone~~ `co*d*e`, snake_case_name."))
        .isEqualTo("A fine title\n\nSome bold, slanted and gone co*d*e, snake_case_name.");
  }

  @Test
  void keepsTheTextOfLinksAndImages() {
    assertThat(
            Markdown.text(
                "See [the page](http://a.b/c_(d) \"t\"), ![a picture](x.png), [ref][1] and <https://e.f>."))
        .isEqualTo("See the page, a picture, ref and https://e.f.");
  }

  @Test
  void keepsCodeAsItStands() {
    assertThat(Markdown.text("before\n```java\n# not a heading\nint *p_q = a_b_c;\n```\nafter"))
        .isEqualTo("before\n# not a heading\nint *p_q = a_b_c;\nafter");
  }

  @Test
  void dropsTagsCommentsRulesAndUnderlines() {
    assertThat(
            Markdown.text(
                "Title\n=====\n\n<div class=\"x\">in</div> 1 < 2 <!-- not\nthis -->\n***\n> quoted\n[1]: http://x"))
        .isEqualTo("Title\n\nin 1 < 2 \nquoted");
  }

  @Test
  void leavesAloneWhatIsNoMark() {
    assertThat(Markdown.text("2 * 3 * 4, #hashtag, a_b, \\*star\\*, [brackets]"))
        .isEqualTo("2 * 3 * 4, #hashtag, a_b, *star*, [brackets]");
  }

  @Test
  void strongWordsStandCloseToTheirMarks() {
    assertThat(Markdown.text("**a ** b** ~~c~~ __d__e ** f** **g** **h"))
        .isEqualTo("a ** b c de ** f** g **h");
  }

  @Test
  void theSettingsOfSiteGeneratorsAreNoText() {
    assertThat(Markdown.text("---\ntitle: X\ntags:\n  - a\n---\n# Words\n\nmore"))
        .isEqualTo("Words\n\nmore");
    assertThat(Markdown.text("+++\ntitle = \"X\"\n+++\nWords")).isEqualTo("Words");
    assertThat(Markdown.text("---\n\nWords: not a key\n\nmore"))
        .isEqualTo("\nWords: not a key\n\nmore");
    assertThat(Markdown.text("---\nA line of words\n---\nmore")).isEqualTo("A line of words\nmore");
  }

  @Test
  void codeSpansEndAsTheyBegin() {
    assertThat(Markdown.text("`a`, ``b`` and ``` c")).isEqualTo("a, b and ``` c");
  }

  @Test
  void headingsLoseTheirMarksOnBothSides() {
    assertThat(Markdown.text("## C# ##  \n# F#\n#\n# #\n#none")).isEqualTo("C#\nF#\n\n#\n#none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!--", "`", "**a ", "# ", "> ", "* ", "[", "[](", "<a ", "_a ", "# x \t", "`a``"})
  void repeatedMarksTakeLittleTime(String mark) {
    String line = mark.repeat(100_000);
    String lines = (mark.repeat(9_000 / mark.length()) + "\n").repeat(30);

    assertTimeout(Duration.ofSeconds(10), () -> Markdown.text(line));
    assertTimeout(Duration.ofSeconds(10), () -> Markdown.text(lines));
  }
}
