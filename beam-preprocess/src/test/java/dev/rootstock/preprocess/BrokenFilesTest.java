package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.preprocess.read.CorpusFile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokenFilesTest {
  private static final String SUM = "0123456789ab";

  private static PinnedFile file(String name, String sum) {
    return new PinnedFile(URI.create("file:/" + name), sum, 1, Optional.empty());
  }

  private static ListedSource source(PinnedFile... files) {
    return new ListedSource("any", 1, Optional.empty(), Format.TEXT, "text", List.of(files));
  }

  private static Receipt receipt(int source, String brief) {
    Object broken = List.of(Map.of("file", brief, "reason", "cut off"));
    return new Receipt("sifted", 0, source, List.of(), Map.of("broken", broken));
  }

  @Test
  void filesAreNamedByWhereThisCorpusHasThem() {
    CorpusListing corpus =
        new CorpusListing(
            List.of(
                source(file("a", SUM + "0".repeat(52)), file("b", SUM + "0".repeat(52))),
                source(file("c", SUM + "0".repeat(52)))));

    assertThat(
            BrokenFiles.of(
                List.of(receipt(0, SUM), receipt(0, SUM + "+1"), receipt(1, SUM)), corpus))
        .containsExactly("file:/a (cut off)", "file:/b (cut off)", "file:/c (cut off)");
    assertThat(BrokenFiles.of(List.of(receipt(0, SUM + "+1")), corpus))
        .containsExactly("file:/b (cut off)");
  }

  @Test
  void filesThatAreNamedAlikeAreToldApart() {
    CorpusListing corpus =
        new CorpusListing(
            List.of(source(file("a", SUM + "0".repeat(52)), file("b", SUM + "1".repeat(52)))));

    assertThat(CorpusFile.of(corpus))
        .extracting(CorpusFile::brief)
        .containsExactly(SUM, SUM + "+1");
  }
}
