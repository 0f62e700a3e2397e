package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document.
 *
 * @param document as it is now: masked, with its language and scores; the kept text, or the text
 *     that a rule objected to
 * @param objection the first rule's, or null if the document is kept
 * @param counts what was masked and which lines were taken out, by name: {@code masked email},
 *     {@code lines javascript}, {@code references}
 */
public record Cleaned(
    Document document, @Nullable Dropped objection, SortedMap<String, Long> counts) {
  public Cleaned {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** The document with the reason, if it is not kept. */
  public Optional<Dropped> dropped() {
    return Optional.ofNullable(objection);
  }
}
