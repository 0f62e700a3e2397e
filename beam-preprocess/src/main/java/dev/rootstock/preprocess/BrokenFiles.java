package dev.rootstock.preprocess;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.preprocess.clean.DocumentCounts;
import dev.rootstock.preprocess.read.CorpusFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Files of a corpus that could not be read to their ends. The documents of all others are made, and
 * tell of them in their statistics; nothing is learned from such documents.
 */
final class BrokenFiles {
  /** The key of {@code statistics.json}. */
  static final String KEY = "broken";

  private static final int NAMED = 50;

  private BrokenFiles() {}

  /** Each place of such a file in the corpus with the reason, sorted. */
  static List<String> of(List<Receipt> receipts, CorpusListing corpus) {
    List<CorpusFile> files = CorpusFile.of(corpus);
    SortedSet<String> words = new TreeSet<>();
    for (Receipt receipt : receipts) {
      if (receipt.more().get(DocumentCounts.BROKEN) instanceof List<?> all) {
        for (Object one : all) {
          Map<?, ?> broken = (Map<?, ?>) one;
          Object reason = broken.get(DocumentCounts.REASON);
          files.stream()
              .filter(file -> file.source() == receipt.source())
              .filter(file -> file.brief().equals(broken.get(DocumentCounts.FILE)))
              .forEach(file -> words.add(file.uri() + " (" + reason + ")"));
        }
      }
    }
    return List.copyOf(words);
  }

  /** All of them in a sentence. */
  static String words(List<?> broken) {
    return broken.size()
        + (broken.size() == 1 ? " file" : " files")
        + " of the corpus can not be read to the end; mend or remove: "
        + broken.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining("; "))
        + (broken.size() > NAMED ? "; …" : "");
  }

  /**
   * @throws Hopeless {@code BadCorpus}, naming them, if documents tell of some
   */
  static void refuse(ArtifactStore store, Fingerprint documents) throws IOException {
    if (ArtifactParts.of(store, documents).statistics().get(KEY) instanceof List<?> broken
        && !broken.isEmpty()) {
      throw new Hopeless("BadCorpus", words(broken));
    }
  }
}
