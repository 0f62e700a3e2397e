package dev.rootstock.preprocess.mix;

import dev.rootstock.contract.CorpusListing;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Up to which hash each source is taken; a source without a threshold is taken whole.
 *
 * @param thresholds by index of the source
 */
public record Caps(Map<Integer, Long> thresholds) implements Serializable {
  /** Takes everything. */
  public static final Caps NONE = new Caps(Map.of());

  public Caps {
    thresholds = Map.copyOf(thresholds);
  }

  /** The caps that a corpus asks for, in bytes by index of the source. */
  public static Map<Integer, Long> asked(CorpusListing corpus) {
    Map<Integer, Long> caps = new TreeMap<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      int source = i;
      corpus.sources().get(i).cap().ifPresent(cap -> caps.put(source, cap));
    }
    return caps;
  }

  /** The hash from which on a source's documents are left out. */
  public long of(int source) {
    return thresholds.getOrDefault(source, CapHash.END);
  }

  /**
   * The threshold within a bucket: the least hash whose documents do not fit any more. Documents of
   * one hash, which are copies of one text, are taken together or not at all.
   *
   * @param bytesByHash of all documents in the bucket
   */
  public static long threshold(long cap, CapHistogram.Bucket bucket, Map<Long, Long> bytesByHash) {
    long taken = bucket.before();
    for (Map.Entry<Long, Long> next : new TreeMap<>(bytesByHash).entrySet()) {
      taken += next.getValue();
      if (taken > cap) {
        return next.getKey();
      }
    }
    return bucket.to();
  }

  /** A document as a cap sees it. */
  public record Sketch(int source, long hash, long bytes) implements Serializable {
    public static Sketch of(int source, String id, long bytes) {
      return new Sketch(source, CapHash.of(id), bytes);
    }
  }

  /**
   * The thresholds, in two passes over sketches that can be had again; memory is that of one bucket
   * in 4096 of a source, not of the source.
   *
   * @param asked bytes by source
   */
  public static Caps of(Map<Integer, Long> asked, Iterable<Sketch> sketches) {
    Map<Integer, CapHistogram> histograms = new HashMap<>();
    for (Sketch sketch : sketches) {
      if (asked.containsKey(sketch.source())) {
        histograms
            .computeIfAbsent(sketch.source(), any -> new CapHistogram())
            .add(sketch.hash(), sketch.bytes());
      }
    }
    Map<Integer, CapHistogram.Bucket> crossings = crossings(asked, histograms);
    Map<Integer, Map<Long, Long>> inside = new HashMap<>();
    for (Sketch sketch : sketches) {
      CapHistogram.Bucket bucket = crossings.get(sketch.source());
      if (bucket != null && bucket.holds(sketch.hash())) {
        inside
            .computeIfAbsent(sketch.source(), any -> new HashMap<>())
            .merge(sketch.hash(), sketch.bytes(), Long::sum);
      }
    }
    Map<Integer, Long> thresholds = new HashMap<>();
    crossings.forEach(
        (source, bucket) ->
            thresholds.put(source, threshold(asked.get(source), bucket, inside.get(source))));
    return new Caps(thresholds);
  }

  /** Where each cap is passed, for the sources whose cap is. */
  static Map<Integer, CapHistogram.Bucket> crossings(
      Map<Integer, Long> asked, Map<Integer, CapHistogram> histograms) {
    Map<Integer, CapHistogram.Bucket> crossings = new HashMap<>();
    asked.forEach(
        (source, cap) -> {
          CapHistogram histogram = histograms.get(source);
          if (histogram != null) {
            histogram.crossing(cap).ifPresent(bucket -> crossings.put(source, bucket));
          }
        });
    return crossings;
  }
}
