package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.preprocess.Document;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Documents of a bundle that hold a passage of one task's test rows, kept as a segment, so that a
 * task that comes later costs no more than its own search.
 *
 * @param rows the test rows found in a document, by the document's origin
 */
record Hits(Map<String, List<Long>> rows) {
  private static final long VERSION = 3; // raised when other passages would be found

  private static Map<String, Object> form(String of, String task) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", 1L);
    form.put("segment", "screened");
    form.put("version", VERSION);
    form.put("of", of);
    form.put("task", task);
    return form;
  }

  /** What an earlier search found. */
  static Optional<Hits> find(ArtifactStore store, String of, String task) throws IOException {
    Optional<Segment> segment = Segment.find(store, Segment.name(form(of, task)));
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Long>> rows = new TreeMap<>();
    segment
        .get()
        .counts()
        .forEach(
            (origin, found) ->
                rows.put(
                    origin,
                    ((List<?>) found).stream().map(row -> ((Number) row).longValue()).toList()));
    return Optional.of(new Hits(rows));
  }

  void keep(ArtifactStore store, String of, String task) throws IOException {
    Segment.commit(store, form(of, task), Map.of(), new TreeMap<>(rows));
  }

  void add(Document document, SortedSet<Integer> found) {
    rows.put(document.origin().toString(), found.stream().map(row -> (long) row).toList());
  }

  static Hits none() {
    return new Hits(new TreeMap<>());
  }

  /** Test rows found, each once. */
  List<Long> found() {
    return rows.values().stream().flatMap(List::stream).distinct().sorted().toList();
  }
}
