package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTextTest {
  private static final String FIRST =
      "The lighthouse keeper climbed the stairs at dusk, as he had done every evening for thirty"
          + " years, and lit the lamp without looking at his hands.";
  private static final String SECOND =
      "Far out on the water, a fishing boat turned towards the harbour, and its crew, tired and"
          + " cold, counted the seconds between one flash and the next.";
  private static final String THIRD =
      "By morning the storm had passed, the gulls were back on the pier, and nobody in the village"
          + " spoke of the night, although everyone had been awake.";
  private static final String STORY = p(FIRST) + p(SECOND) + p(THIRD);
  private static final String TEXT = FIRST + "\n\n" + SECOND + "\n\n" + THIRD;

  private static String p(String text) {
    return "<p>" + text + "</p>\n";
  }

  private static Extracted extract(String html) {
    return MainText.of(html.getBytes(StandardCharsets.UTF_8), "utf-8");
  }

  private static String text(String html) {
    return extract(html).text();
  }

  @Test
  void leavesOutWhatStandsAroundAnArticle() {
    String page =
        "<html lang=en><head><title>Night | The Bay</title></head><body>"
            + "<header><a href=/>The Bay</a></header>"
            + "<nav><ul><li><a href=/a>News</a><li><a href=/b>Sport</a><li><a>Weather</a></ul></nav>"
            + "<div class=cookie-banner><p>We use cookies, as everybody does, to make the site work,"
            + " to count visits, and to show you things that you may like, or may not.</p></div>"
            + "<div id=story><h1>Night</h1><p class=byline>By Ann Other</p>"
            + STORY
            + "<div class=share-buttons><a>Tweet</a> <a>Mail</a></div></div>"
            + "<aside><h3>Most read</h3><ul><li><a href=/1>A long headline about a cat</a></ul></aside>"
            + "<div class=comments><p>I was there that night, and it was nothing like this, believe"
            + " me, because I know the keeper and his hands.</p></div>"
            + "<footer>© The Bay. All rights reserved.</footer></body></html>";

    assertThat(extract(page)).isEqualTo(new Extracted(TEXT, "Night", "en", Confidence.SOUND));
  }

  @Test
  void findsAnArticleThatNoNamePointsTo() {
    String teasers = "<div><a href=/x>Another story that somebody wrote</a></div>".repeat(12);

    assertThat(
            text("<table><tr><td>" + teasers + "<td><div><div>" + STORY + "</div></div></table>"))
        .isEqualTo(TEXT);
  }

  @Test
  void keepsAnArticleWhoseWrapperIsNamedLikeAnAside() {
    assertThat(
            text("<div class='content-sidebar widget'><div class=menu>" + STORY + "</div></div>"))
        .isEqualTo(TEXT);
  }

  @Test
  void keepsAnArticleWhosePartsAreAllNamedWidgets() {
    String page =
        "<div class=widget-related>"
            + p(FIRST)
            + "</div><div class=widget-related>"
            + p(SECOND)
            + "</div><div class=widget-related>"
            + p(THIRD)
            + "</div>";

    assertThat(text(page)).isEqualTo(TEXT);
  }

  @Test
  void cutsACookieWallLongerThanTheArticleButNotAPageAboutCookies() {
    String wall = "<div class=cookie-consent>" + p(THIRD) + p(THIRD) + p(THIRD) + "</div>";

    assertThat(text(wall + "<div>" + p(FIRST) + p(SECOND) + "</div>"))
        .isEqualTo(FIRST + "\n\n" + SECOND);
    assertThat(text("<nav><a>Home</a></nav><div class=cookie-policy>" + STORY + "</div>"))
        .isEqualTo(TEXT);
  }

  @Test
  void writesListsAndRowsOnLinesAndPreVerbatim() {
    String page =
        "<article>"
            + p(FIRST)
            + "<ul><li>two eggs<li>a cup of <b>flour</b></ul>"
            + p(SECOND)
            + "<table><tr><th>Hour<th>Flashes</tr><tr><td>one<td>360</tr></table>"
            + "<pre>if (dark) {\n    light();\n}</pre>"
            + p(THIRD)
            + "</article>";

    assertThat(text(page))
        .isEqualTo(
            FIRST
                + "\n\ntwo eggs\na cup of flour\n\n"
                + SECOND
                + "\n\nHour\tFlashes\none\t360\n\nif (dark) {\n    light();\n}\n\n"
                + THIRD);
  }

  @Test
  void breaksLinesAtBrAndParagraphsAtTwo() {
    String page =
        "<div>" + FIRST + "<br>" + SECOND + "<br>\n<br/> " + THIRD + "</div><div><a>Home</a></div>";

    assertThat(text(page)).isEqualTo(FIRST + "\n" + SECOND + "\n\n" + THIRD);
  }

  @Test
  void keepsWordsWholeAtInlineTagsAndApartAtOthers() {
    String page =
        "<article><p>un<b>believ</b>able, and H<sub>2</sub>O, and <span>this</span> <i>too</i>; a"
            + " soft\u00ADhyphen, a zero\u200Bwidth space, and two&nbsp;&nbsp;hard ones.</p>"
            + "<div>A first box, which ends here<div>and a second one, which begins here.</div></div>"
            + STORY;

    assertThat(text(page))
        .startsWith(
            "unbelievable, and H2O, and this too; a softhyphen, a zerowidth space, and two hard"
                + " ones.\n\nA first box, which ends here\n\nand a second one, which begins here.");
  }

  @Test
  void keepsHeadingsThatHaveTextAndDropsOthers() {
    String page =
        "<article><h1>Night</h1>"
            + p(FIRST)
            + "<h2>The boat</h2>"
            + p(SECOND)
            + p(THIRD)
            + "<h2>More stories</h2></article>";

    assertThat(text(page)).isEqualTo(FIRST + "\n\nThe boat\n\n" + SECOND + "\n\n" + THIRD);
  }

  @Test
  void dropsCaptionsCreditsAndPointersBetweenParagraphs() {
    String page =
        "<article>"
            + p(FIRST)
            + "<figure><img src=a.jpg><figcaption>The lamp, seen from below.</figcaption></figure>"
            + "<p>The old lamp in summer (Image: GETTY)</p>"
            + "<p>READ MORE: <a href=/x>Ten lamps that you should see before you die</a></p>"
            + p(SECOND)
            + "<p><a href=/y>What the gulls know about the weather</a></p>"
            + p(THIRD)
            + "<p>(Reporting by Ann Other in the harbour; editing by Some Body)</p>"
            + "<p>© 2020 The Bay. All rights reserved.</p></article>";

    assertThat(text(page)).isEqualTo(TEXT);
  }

  @Test
  void dropsTeasersBelowLinkedHeadings() {
    String teaser =
        "<li><h3><a href=/t>A story from the other side of the bay</a></h3><div>It began with a net"
            + " that nobody claimed, and it ended, as these things do, in court.</div></li>";

    assertThat(text("<div><div>" + STORY + "</div><ul>" + teaser.repeat(4) + "</ul></div>"))
        .isEqualTo(TEXT);
  }

  @Test
  void dropsWhatIsHidden() {
    String page =
        "<article>"
            + p(FIRST)
            + "<p style='display: none'>You should not be able to read this, not even by accident,"
            + " because it is not shown.</p><p hidden>Nor this, which is shown to nobody at all.</p>"
            + "<p>"
            + SECOND
            + "<span class=sr-only> (opens a new tab)</span></p>"
            + p(THIRD)
            + "</article>";

    assertThat(text(page)).isEqualTo(TEXT);
  }

  @Test
  void readsChineseByItsOwnMarks() {
    String first = "傍晚时分，看守灯塔的老人像过去三十年一样，慢慢爬上楼梯，点亮了那盏旧灯，没有看自己的手。";
    String second = "远处的海面上，一条渔船正驶向港口，船上的人又累又冷，数着一次闪光和下一次闪光之间的秒数。";
    String third = "到了早晨，风暴已经过去，海鸥回到了码头上，村里没有人说起昨夜，虽然谁也没有睡着。";
    String page =
        "<html lang=zh-CN><head><meta charset=gb2312><title>夜</title></head><body>"
            + "<ul><li><a href=/1>首页</a><li><a href=/2>新闻</a><li><a href=/3>体育</a></ul>"
            + "<div><div>"
            + p(first)
            + p(second)
            + p(third)
            + "</div>"
            + "<div><a href=/4>相关阅读：海边的十座灯塔，你去过几座</a></div></div>"
            + "<div>版权所有</div></body></html>";

    assertThat(MainText.of(page.getBytes(Charset.forName("GB18030")), null))
        .isEqualTo(
            new Extracted(
                first + "\n\n" + second + "\n\n" + third, "夜", "zh-cn", Confidence.SOUND));
  }

  @Test
  void readsJapaneseWithoutItsReadingAids() {
    String first = "夕方になると、<ruby>灯台<rt>とうだい</rt></ruby>の番人は三十年間してきたように、階段を上り、明かりをともした。";
    String second = "沖では、一隻の漁船が港へ向かい、疲れて冷えきった乗組員たちは、光と光の間の秒数を数えていた。";
    String page = "<div>" + p(first) + p(second) + p(second.replace("沖", "海")) + "</div><a>戻る</a>";

    assertThat(text(page))
        .startsWith("夕方になると、灯台の番人は三十年間してきたように、階段を上り、明かりをともした。\n\n沖では、")
        .doesNotContain("とうだい", "戻る");
  }

  @Test
  void readsAForumsPostsThoughTheyAreCalledComments() {
    String page =
        "<div class=nav><a>Board</a> <a>Search</a></div><div id=thread><h1>Lamp</h1>"
            + "<div class=comment><a>ann</a>"
            + p(FIRST)
            + "</div>"
            + "<div class=comment><a>bob</a>"
            + p(SECOND)
            + "</div>"
            + "<div class=comment><a>ann</a>"
            + p(THIRD)
            + "</div></div>";

    assertThat(text(page)).isEqualTo(TEXT);
  }

  @Test
  void readsTheAnswersOfAPageThatDeclaresQuestions() {
    String page =
        "<div itemscope itemtype='https://schema.org/QAPage'><div>"
            + p(FIRST)
            + p(SECOND)
            + "</div>"
            + "<div class=comments>"
            + p(THIRD)
            + "</div></div>";

    assertThat(text(page)).isEqualTo(TEXT);
    assertThat(text(page.replace("QAPage", "NewsArticle"))).isEqualTo(FIRST + "\n\n" + SECOND);
  }

  @Test
  void readsEveryEntryOfALiveBlog() {
    StringBuilder page = new StringBuilder("<main><h1>Storm, as it happened</h1>");
    StringBuilder wanted = new StringBuilder();
    for (int hour = 9; hour > 3; hour--) {
      String entry = FIRST.replace("thirty", hour + " or more");
      page.append("<article class=entry><time>").append(hour).append(":00</time>");
      page.append("<h2>Hour ").append(hour).append("</h2>").append(p(entry)).append("</article>");
      wanted.append(wanted.isEmpty() ? "" : "\n\n").append("Hour ").append(hour).append("\n\n");
      wanted.append(entry);
    }

    assertThat(text(page + "</main><aside>" + p(SECOND) + "</aside>")).isEqualTo(wanted.toString());
  }

  @Test
  void joinsParagraphsThatAPageKeepsInNeighbouringBoxes() {
    String page =
        "<div class=wrap><div class=intro>"
            + p(FIRST)
            + "</div><div class=rest>"
            + p(SECOND)
            + p(THIRD)
            + p(SECOND.replace("boat", "ship"))
            + p(THIRD.replace("gulls", "crows"))
            + p(FIRST.replace("lamp", "fire"))
            + "</div></div>";

    assertThat(text(page)).startsWith(TEXT).contains("ship", "crows", "fire");
  }

  @Test
  void stopsWhereAPageThatNeverEndsBeginsItsNextArticle() {
    String next =
        "<div class=post><h1>Calm</h1><div class=article-body>"
            + p(SECOND.replace("boat", "ferry"))
            + p(THIRD.replace("gulls", "crows"))
            + p(FIRST.replace("lamp", "stove"))
            + p(FIRST.replace("lamp", "oven"))
            + "</div></div>";
    String page =
        "<div><div class=post><h1>Night</h1><div class=article-body>"
            + STORY
            + "</div></div>"
            + next.repeat(3)
            + "</div>";

    assertThat(text(page)).isEqualTo(TEXT);
  }

  @Test
  void takesAListBesideTheParagraphsWithThem() {
    String page =
        "<div><div class=parts><ul><li>four hundred grams of flour<li>two eggs from the village"
            + "<li>a cup of milk, warm<li>a pinch of salt and one of sugar</ul></div><div>"
            + STORY
            + "</div></div>";

    assertThat(text(page))
        .isEqualTo(
            "four hundred grams of flour\ntwo eggs from the village\na cup of milk, warm\n"
                + "a pinch of salt and one of sugar\n\n"
                + TEXT);
  }

  @Test
  void isUnsureOfAPageThatSaysLittle() {
    assertThat(extract("<body><a href=/>Home</a> <p>Nothing here.</p></body>").confidence())
        .isEqualTo(Confidence.WEAK);
    assertThat(extract("<ul>" + "<li><a href=/x>A link and no more</a>".repeat(30) + "</ul>"))
        .returns(Confidence.WEAK, Extracted::confidence)
        .satisfies(page -> assertThat(page.text()).contains("A link and no more"));
  }

  @Test
  void readsTitleAndLanguageWhereTheyAreDeclared() {
    Extracted shared =
        extract(
            "<html><head><meta property=og:title content='The night'><meta property=og:locale"
                + " content=pt_BR><title>The night - The Bay</title></head>"
                + STORY);

    assertThat(shared).returns("The night", Extracted::title).returns("pt-br", Extracted::language);
    assertThat(extract("<title> Plain </title>" + STORY).title()).isEqualTo("Plain");
    assertThat(extract("<html lang='???'>" + STORY))
        .returns(null, Extracted::title)
        .returns(null, Extracted::language);
  }
}
