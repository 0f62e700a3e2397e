package dev.rootstock.preprocess.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  private static String sum(String content) {
    return Fingerprint.sha256(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String origin(String content) {
    return sum(content).substring(0, 12) + "#17";
  }

  private static PinnedFile file(String place, String content) {
    URI uri = place.startsWith("s3:") ? URI.create(place) : Path.of(place).toUri();
    return new PinnedFile(uri, sum(content), content.length(), Optional.empty());
  }

  private static ListedSource source(String pattern, PinnedFile... files) {
    return new ListedSource(
        pattern, 1, Optional.empty(), Format.TEXT, "text", Arrays.asList(files));
  }

  private static FileNames names(ListedSource... sources) {
    return FileNames.of(new CorpusListing(Arrays.asList(sources)));
  }

  @Test
  void aFileIsCalledByWhatLiesBelowTheGlobsFolder() {
    FileNames names =
        names(
            source(
                "/data/crawl/**/*.gz",
                file("/data/crawl/news/a b.gz", "a"),
                file("/data/crawl/top.gz", "b")));

    assertThat(names.of(0, origin("a"))).isEqualTo("news/a b.gz#17");
    assertThat(names.of(0, origin("b"))).isEqualTo("top.gz#17");
    assertThat(names.inWords("same text as 0 from " + origin("a")))
        .isEqualTo("same text as 0 from news/a b.gz#17");
    assertThat(names.of(0, "0123456789ab#3")).isEqualTo("0123456789ab#3");
  }

  @Test
  void aSingleFileAFolderAndABucketHaveTheirNames() {
    FileNames names =
        names(
            source("/data/one.txt", file("/data/one.txt", "a")),
            source("/data/many/", file("/data/many/x/two.txt", "b")),
            source("s3://bucket/in/*.txt", file("s3://bucket/in/three.txt", "c")));

    assertThat(names.of(0, origin("a"))).isEqualTo("one.txt#17");
    assertThat(names.of(1, origin("b"))).isEqualTo("x/two.txt#17");
    assertThat(names.of(2, origin("c"))).isEqualTo("three.txt#17");
  }

  @Test
  void whereTwoSourcesWouldCallFilesAlikeThePathAsGivenTellsThemApart() {
    FileNames names =
        names(source("/a/*.txt", file("/a/x.txt", "a")), source("/b/*.txt", file("/b/x.txt", "b")));

    assertThat(names.of(0, origin("a"))).isEqualTo("/a/x.txt#17");
    assertThat(names.of(1, origin("b"))).isEqualTo("/b/x.txt#17");
  }

  @Test
  void oneFileSeenByTwoSourcesIsNoClash() {
    FileNames names =
        names(source("/a/*", file("/a/x.txt", "a")), source("/a/**", file("/a/x.txt", "a")));

    assertThat(names.of(0, origin("a"))).isEqualTo(names.of(1, origin("a"))).isEqualTo("x.txt#17");
  }

  @Test
  void filesOfEqualBytesKeepTheirOwnNames() {
    FileNames names = names(source("/a/*", file("/a/x.txt", "same"), file("/a/y.txt", "same")));
    String second = sum("same").substring(0, 12) + "+1#0";

    assertThat(names.of(0, origin("same"))).isEqualTo("x.txt#17");
    assertThat(names.of(0, second)).isEqualTo("y.txt#0");
    assertThat(names.inWords("as " + second + ".")).isEqualTo("as y.txt#0.");
  }

  @Test
  void aRelativePatternOfAnotherPlaceStillTellsFilesApart() {
    FileNames names =
        names(
            source(
                "nowhere/near/**",
                file("/elsewhere/near/p/x.txt", "a"),
                file("/elsewhere/near/q/x.txt", "b")));

    assertThat(List.of(names.of(0, origin("a")), names.of(0, origin("b"))))
        .containsExactly("p/x.txt#17", "q/x.txt#17");
  }
}
