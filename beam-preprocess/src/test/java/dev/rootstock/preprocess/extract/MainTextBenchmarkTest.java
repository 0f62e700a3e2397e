package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rootstock.preprocess.extract.ShingleScore.Page;
import dev.rootstock.preprocess.extract.ShingleScore.Score;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real pages and what people marked in them, where they are there. */
class MainTextBenchmarkTest {
  private static final double FLOOR = 0.975; // F1; 0.985 when this was written

  private static Path pages() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/data/web-pages");
      if (Files.exists(found)) {
        return found;
      }
    }
    assumeTrue(false, "skipped: no shared/data/web-pages above this folder");
    return Path.of("");
  }

  @Test
  void findsWhatPeopleMarkedInRealPages() throws Exception {
    Path folder = pages();
    JsonNode truth = new ObjectMapper().readTree(folder.resolve("ground-truth.json").toFile());
    TreeMap<String, Page> scores = new TreeMap<>();
    for (var page = truth.fields(); page.hasNext(); ) {
      var next = page.next();
      byte[] html = read(folder.resolve("html/" + next.getKey() + ".html.gz"));
      String found = MainText.of(html, null).text();
      scores.put(
          next.getKey(), ShingleScore.page(next.getValue().path("articleBody").asText(), found));
    }

    List<Page> all = List.copyOf(scores.values());
    Score score = ShingleScore.of(all);
    double[] interval = ShingleScore.interval(all, 1000, new Random(1));
    System.out.printf(
        "%d pages: precision %.4f, recall %.4f, F1 %.4f (95 of 100 draws in %.4f to %.4f);"
            + " F1 of the half tuned on %.4f, of the other %.4f%n",
        all.size(),
        score.precision(),
        score.recall(),
        score.f1(),
        interval[0],
        interval[1],
        half(scores, 0).f1(),
        half(scores, 1).f1());
    assertThat(all).hasSizeGreaterThan(50);
    assertThat(score.f1()).isGreaterThanOrEqualTo(FLOOR);
    assertThat(half(scores, 1).f1()).isGreaterThanOrEqualTo(FLOOR);
  }

  private static Score half(TreeMap<String, Page> scores, int half) throws Exception {
    List<Page> chosen = new ArrayList<>();
    for (var page : scores.entrySet()) {
      if (half == half(page.getKey())) {
        chosen.add(page.getValue());
      }
    }
    return ShingleScore.of(chosen);
  }

  /** Half 0 was looked at while tuning, half 1 only counted. */
  private static int half(String id) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8))[0] & 1;
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      return bytes.readAllBytes();
    }
  }
}
