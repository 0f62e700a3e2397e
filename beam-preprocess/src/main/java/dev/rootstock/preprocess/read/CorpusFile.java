package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.PinnedFile;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, or a range of it, and how.
 *
 * @param source index of its source in the corpus
 * @param bytes of the whole file, as it lies there
 * @param format as it was pinned: by the file's name where its source left that to it
 * @param text the key or column that holds the text, where a format has such
 * @param from first byte of the range; 0 for the whole file
 * @param to the byte after the range; {@code Long.MAX_VALUE} for the whole file
 * @param copy how many files of its source come before it whose sums begin with the same 12
 *     characters, as those of equal bytes do: tells their documents apart
 */
public record CorpusFile(
    int source,
    URI uri,
    String sha256,
    long bytes,
    CorpusSpec.Format format,
    String text,
    @Nullable String licence,
    long from,
    long to,
    int copy)
    implements Serializable {
  /** A whole file. */
  public CorpusFile(
      int source,
      URI uri,
      String sha256,
      long bytes,
      CorpusSpec.Format format,
      String text,
      @Nullable String licence) {
    this(source, uri, sha256, bytes, format, text, licence, 0, Long.MAX_VALUE, 0);
  }

  /** All files of a corpus. */
  public static List<CorpusFile> of(CorpusListing listing) {
    List<CorpusFile> files = new ArrayList<>();
    for (int source = 0; source < listing.sources().size(); source++) {
      CorpusListing.ListedSource listed = listing.sources().get(source);
      Map<String, Integer> copies = new HashMap<>();
      for (PinnedFile file : listed.files()) {
        int copy = copies.merge(head(file.sha256()), 1, Integer::sum) - 1;
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
                listed.licence().orElse(null),
                0,
                Long.MAX_VALUE,
                copy));
      }
    }
    return files;
  }

  /** The records of this file that begin at {@code from} or after it, and before {@code to}. */
  public CorpusFile range(long from, long to) {
    return new CorpusFile(source, uri, sha256, bytes, format, text, licence, from, to, copy);
  }

  /** Whether this is not a range. */
  public boolean whole() {
    return from == 0 && to == Long.MAX_VALUE;
  }

  /** Bytes of the file that are in the range. */
  public long span() {
    return Math.min(to, bytes) - from;
  }

  boolean has(long start) {
    return from <= start && start < to;
  }

  /** What decides its documents. */
  Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("sha256", sha256);
    form.put("format", CanonicalJson.word(format));
    if (!whole()) {
      form.put("from", from);
      form.put("to", to);
    }
    if (copy > 0) {
      form.put("copy", (long) copy);
    }
    return form;
  }

  /**
   * Its name in a document's origin: the first 12 characters of its sum, and the number of a copy.
   */
  public String brief() {
    return head(sha256) + (copy > 0 ? "+" + copy : "");
  }

  private static String head(String sha256) {
    return sha256.substring(0, 12);
  }
}
