package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameWordsTest {
  @Test
  void partsNamesAtHyphensDigitsAndHumps() {
    assertThat(NameWords.words("ArticlePage-body__inner2x"))
        .containsExactly("article", "page", "body", "inner", "x");
    assertThat(NameWords.words("HTMLText")).containsExactly("htmltext");
  }

  @ParameterizedTest
  @CsvSource({
    "entry-content, BODY",
    "articleBody, BODY",
    "story__body--lead, NONE",
    "main-content, MAIN",
    "comments-area, COMMENTS",
    "cookie-banner, NOTICE",
    "related-posts, ASIDE",
    "has-sidebar, NONE",
    "header, LOOSE",
    "masthead, ASIDE",
    "elementor-widget, LOOSE",
    "post-meta, ABOUT",
    "tag-politics, NONE",
    "entry-author-info, ABOUT",
    "download, LOOSE",
    "shadow, NONE",
  })
  void hintsByWholeWordsOnly(String name, Hint hint) {
    assertThat(NameWords.hint(name)).isEqualTo(hint);
  }
}
