package dev.rootstock.activities.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFinderTest {
  @TempDir Path folder;

  private CorpusListing find(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "{\"text\": \"one\"}\n");
    CorpusSpec corpus = CanonicalJson.read("{\"sources\":[\"" + file + "\"]}", CorpusSpec.class);
    Check check = new Check();
    CorpusListing listing = new CorpusFinder(new FileFinder(new OpenStores())).find(corpus, check);
    check.done();
    return listing;
  }

  private static Fingerprint fingerprint(CorpusListing listing) {
    return Fingerprint.of(Stage.CORPUS, Map.of(), listing.content());
  }

  @Test
  void theSameBytesReadInAnotherFormatAreAnotherCorpus() throws IOException {
    assertThat(fingerprint(find("a.txt")))
        .isNotEqualTo(fingerprint(find("a.jsonl")))
        .isNotEqualTo(fingerprint(find("a.md")));
  }

  @Test
  void theSameBytesUnderAnotherNameOfTheSameFormatAreTheSameCorpus() throws IOException {
    assertThat(fingerprint(find("b.jsonl"))).isEqualTo(fingerprint(find("c.NDJSON")));
  }
}
