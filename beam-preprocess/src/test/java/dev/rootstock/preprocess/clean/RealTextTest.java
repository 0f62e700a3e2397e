package dev.rootstock.preprocess.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Public texts, where the machine has them. */
class RealTextTest {
  private static Path data(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/data").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    assumeTrue(false, "skipped: no shared/data/" + name + " above this folder");
    return Path.of(name);
  }

  /** Reviews, ten a document, a line each. */
  private static List<String> reviews() throws IOException {
    List<String> lines = Files.readAllLines(data("sentiment-zh/waimai_10k.csv"));
    List<String> documents = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    for (int i = 1; i < lines.size(); i++) {
      String review = lines.get(i).substring(2).replace("\"", "").strip();
      document.append(review).append(review.matches(".*[。！？!?.…~]") ? "\n" : "。\n");
      if (i % 10 == 0) {
        documents.add(document.toString());
        document.setLength(0);
      }
    }
    return documents;
  }

  private static double kept(String recipe, List<String> documents) {
    Cleaning cleaning = Cleaning.of(CanonicalJson.read("\"" + recipe + "\"", CleaningSpec.class));
    long kept =
        documents.stream()
            .filter(text -> cleaning.apply(Passages.document(text)).dropped().isEmpty())
            .count();
    return (double) kept / documents.size();
  }

  @Test
  void chineseReviewsAreKept() throws IOException {
    List<String> reviews = reviews();

    assertThat(reviews).hasSizeGreaterThan(1_000);
    assertThat(kept("c4", reviews)).isGreaterThan(0.98);
    assertThat(kept("gopher", reviews)).isGreaterThan(0.98);
    assertThat(kept("fineweb", reviews)).isGreaterThan(0.9); // their lines are short
  }

  @Test
  void encyclopediaArticlesAreKeptByC4AndTheirTitlesAreNot() throws IOException {
    String text = Files.readString(data("wikitext-2/valid.txt"));
    List<String> articles =
        List.of(text.split("\n(?= = [^=])")).stream().filter(a -> a.length() > 1000).toList();

    assertThat(articles).hasSizeGreaterThan(50);
    assertThat(kept("c4", articles)).isGreaterThan(0.95);
    Cleaned cleaned =
        Cleaning.of(CanonicalJson.read("\"c4\"", CleaningSpec.class))
            .apply(Passages.document(articles.get(0)));
    assertThat(cleaned.document().text()).doesNotContain("\n = ");
    assertThat(cleaned.counts()).containsKey("lines no end");
  }
}
