package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.PinnedFile;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, and how.
 *
 * @param source index of its source in the corpus
 * @param format as it was pinned: by the file's name where its source left that to it
 * @param text for JSONL: the key that holds the text
 */
public record CorpusFile(
    int source,
    URI uri,
    String sha256,
    long bytes,
    CorpusSpec.Format format,
    String text,
    @Nullable String licence)
    implements Serializable {
  /** All files of a corpus. */
  public static List<CorpusFile> of(CorpusListing listing) {
    List<CorpusFile> files = new ArrayList<>();
    for (int source = 0; source < listing.sources().size(); source++) {
      CorpusListing.ListedSource listed = listing.sources().get(source);
      for (PinnedFile file : listed.files()) {
        files.add(
            new CorpusFile(
                source,
                file.uri(),
                file.sha256(),
                file.bytes(),
                file.label()
                    .map(word -> CorpusSpec.Format.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(listed.format()),
                listed.text(),
                listed.licence().orElse(null)));
      }
    }
    return files;
  }

  /** What decides its documents. */
  Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("sha256", sha256);
    form.put("format", CanonicalJson.word(format));
    return form;
  }

  /** The first 12 characters of its sum: its name in a document's origin. */
  String brief() {
    return sha256.substring(0, 12);
  }
}
