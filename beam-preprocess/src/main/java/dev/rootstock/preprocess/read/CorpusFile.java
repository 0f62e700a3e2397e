package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.PinnedFile;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, and how.
 *
 * @param source index of its source in the corpus
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
                listed.format(),
                listed.text(),
                listed.licence().orElse(null)));
      }
    }
    return files;
  }

  /** The first 12 characters of its sum: its name in a document's origin. */
  String brief() {
    return sha256.substring(0, 12);
  }

  /**
   * The format by which it is read; {@code AUTO} where neither the source nor the file's name says
   * more.
   */
  CorpusSpec.Format resolved() {
    if (format != CorpusSpec.Format.AUTO) {
      return format;
    }
    String name = String.valueOf(uri.getPath()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return CorpusSpec.Format.JSONL;
    }
    return name.endsWith(".md") || name.endsWith(".markdown")
        ? CorpusSpec.Format.MARKDOWN
        : CorpusSpec.Format.AUTO;
  }
}
