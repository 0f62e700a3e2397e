package dev.rootstock.preprocess.read;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of one source that one worker reads in one go, and whose documents make one part.
 *
 * @param index among the bundles of the corpus, from 0
 * @param files at least one, sorted by sum
 */
public record Bundle(int index, List<CorpusFile> files) implements Serializable {
  private static final long LARGE =
      16L << 20; // bytes; a larger file is a bundle of its own, smaller ones share one
  private static final long RANGE = 64L << 20; // bytes; still larger ones are read in ranges of it
  private static final int BITS = 64; // of a sum, by which small files are parted

  private static final Comparator<CorpusFile> BY_CONTENT =
      Comparator.comparing(CorpusFile::sha256)
          .thenComparing(CorpusFile::format)
          .thenComparingInt(CorpusFile::copy)
          .thenComparingLong(CorpusFile::from);

  public Bundle {
    files = new ArrayList<>(files);
    files.sort(BY_CONTENT);
  }

  /** Index of the source in the corpus. */
  public int source() {
    return files.get(0).source();
  }

  public long bytes() {
    return files.stream().mapToLong(CorpusFile::span).sum();
  }

  /** What decides the documents of this bundle: no place, no index. */
  public Map<String, Object> form() {
    CorpusFile first = files.get(0);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("files", files.stream().map(CorpusFile::form).toList());
    form.put("text", first.text());
    if (first.licence() != null) {
      form.put("licence", first.licence());
    }
    return form;
  }

  /**
   * All files in bundles. Small files share one by the first bits of their sums, as many bits as
   * keep it small, so that a file that comes or goes changes the bundle it is in and no other.
   *
   * @param files of all sources
   */
  public static List<Bundle> of(List<CorpusFile> files) throws IOException {
    Map<Integer, List<CorpusFile>> sources = new LinkedHashMap<>();
    files.forEach(file -> sources.computeIfAbsent(file.source(), s -> new ArrayList<>()).add(file));
    List<Bundle> bundles = new ArrayList<>();
    for (List<CorpusFile> source : sources.values()) {
      source.sort(BY_CONTENT);
      List<CorpusFile> small = new ArrayList<>();
      for (CorpusFile file : source) {
        if (file.bytes() > LARGE) {
          for (CorpusFile range : FileDocuments.ranges(file, RANGE)) {
            bundles.add(new Bundle(bundles.size(), List.of(range)));
          }
        } else {
          small.add(file);
        }
      }
      share(small, 0, bundles);
    }
    return bundles;
  }

  private static void share(List<CorpusFile> small, int bit, List<Bundle> bundles) {
    if (small.isEmpty()) {
      return;
    }
    long bytes = small.stream().mapToLong(CorpusFile::bytes).sum();
    if (bytes <= LARGE || bit == BITS) {
      bundles.add(new Bundle(bundles.size(), small));
      return;
    }
    share(small.stream().filter(file -> !bit(file, bit)).toList(), bit + 1, bundles);
    share(small.stream().filter(file -> bit(file, bit)).toList(), bit + 1, bundles);
  }

  private static boolean bit(CorpusFile file, int bit) {
    return (Long.parseUnsignedLong(file.sha256().substring(0, 16), 16) >>> (63 - bit) & 1) == 1;
  }
}
