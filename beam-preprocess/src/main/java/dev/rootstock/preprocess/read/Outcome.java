package dev.rootstock.preprocess.read;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of reading a file or a range of it.
 *
 * @param documents handed over, those with a fault among them
 * @param faults how many of them have one
 * @param skipped records that hold no document, counted by what they are: {@code http status 404}
 * @param broken present if reading ended before the file did; the documents before that place were
 *     handed over all the same
 */
public record Outcome(
    long documents, long faults, SortedMap<String, Long> skipped, Optional<BrokenFile> broken) {
  public Outcome {
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
  }

  /** Sum of {@link #skipped}. */
  public long skippedRecords() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** This outcome and another one's, as of one reading; the first broken file stays. */
  public Outcome and(Outcome other) {
    Map<String, Long> both = new TreeMap<>(skipped);
    other.skipped.forEach((what, count) -> both.merge(what, count, Long::sum));
    return new Outcome(
        documents + other.documents,
        faults + other.faults,
        new TreeMap<>(both),
        broken.or(other::broken));
  }
}
