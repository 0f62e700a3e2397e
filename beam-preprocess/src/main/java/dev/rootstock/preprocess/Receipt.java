package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.StoredFile;
import java.util.List;
import java.util.Map;

/**
 * What a worker did, told to the program that started the pipeline: counts are taken from files as
 * they are written, for a runner's own counters count a retried bundle twice.
 *
 * @param kind of what was made: {@code sifted}, {@code part}, {@code shards}, {@code counted} or
 *     {@code tokenizer}
 * @param index of the bundle or part
 * @param source index of its source in the corpus; -1 if it has none
 * @param files that were written, or found
 * @param more counts by name, and words for people
 */
public record Receipt(
    String kind, int index, int source, List<StoredFile> files, Map<String, Object> more)
    implements HandedOn {
  private static final int NO_SOURCE = -1;

  /** Of a segment, found or made. */
  public static Receipt of(String kind, int index, int source, Segment segment) {
    return new Receipt(kind, index, source, segment.files(), segment.counts());
  }

  /** Of files that belong to no source. */
  public static Receipt of(String kind, List<StoredFile> files, Map<String, Object> more) {
    return new Receipt(kind, 0, NO_SOURCE, files, more);
  }

  public static Receipt read(String json) {
    return CanonicalJson.read(json, Receipt.class);
  }

  public String write() {
    return CanonicalJson.write(this);
  }

  /** A count of {@link #more}, 0 if it has none of that name. */
  public long count(String name) {
    return more.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** The files whose names begin with {@code kind} and a hyphen. */
  public List<StoredFile> files(String kind) {
    return files.stream().filter(file -> file.name().startsWith(kind + "-")).toList();
  }
}
