package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.store.StoredFile;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker did, told to the program that started the pipeline: counts are taken from files as
 * they are written, for a runner's own counters count a retried bundle twice.
 *
 * @param kind {@code read}, {@code broken} (a file), {@code part}, {@code dropped}, {@code tokenizer}, {@code shard} or
 *     {@code validation}
 * @param index of the source, part or shard
 * @param file what was written, if anything was
 * @param documents read or written
 * @param bytes UTF-8 length of their text
 * @param more counts by name, and words for people
 */
public record Receipt(
    String kind,
    int index,
    Optional<StoredFile> file,
    long documents,
    long bytes,
    Map<String, Object> more)
    implements HandedOn {
  public static Receipt of(String kind, int index, long documents, long bytes) {
    return new Receipt(kind, index, Optional.empty(), documents, bytes, Map.of());
  }

  public static Receipt of(
      String kind,
      int index,
      StoredFile file,
      long documents,
      long bytes,
      Map<String, Object> more) {
    return new Receipt(kind, index, Optional.of(file), documents, bytes, more);
  }

  /** The same receipt with more to tell. */
  public Receipt with(Map<String, Object> words) {
    return new Receipt(kind, index, file, documents, bytes, words);
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
}
