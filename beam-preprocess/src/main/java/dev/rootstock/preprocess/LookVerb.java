package dev.rootstock.preprocess;

import dev.rootstock.contract.engine.LookOrder;
import dev.rootstock.contract.engine.Looked;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.ArtifactParts.Input;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.ParquetFiles;
import dev.rootstock.preprocess.statistics.Counts;
import dev.rootstock.preprocess.statistics.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.LocalInputFile;

/**
 * {@code look}: some documents for a person to read. Chosen by columns that are small; the texts of
 * no others are read. Without Beam, for a person waits.
 */
final class LookVerb implements Verb<LookOrder> {
  private static final int UNKNOWN = -1; // the source of a published file

  @Override
  public Class<LookOrder> order() {
    return LookOrder.class;
  }

  @Override
  public Looked carryOut(LookOrder order, ProgressLog progress, Stop stop) throws Exception {
    if (order.folder().isPresent()) {
      return look(order, published(order), FileNames.NONE, progress, stop);
    }
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      ArtifactParts artifact = ArtifactParts.of(store, order.documents().orElseThrow());
      FileNames names = artifact.corpus().map(FileNames::of).orElse(FileNames.NONE);
      return look(order, artifact.parts(order.dropped()), names, progress, stop);
    }
  }

  private static List<Input> published(LookOrder order) throws IOException {
    Path folder = Path.of(order.folder().orElseThrow(), order.dropped() ? "dropped" : "documents");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .sorted()
          .map(file -> new Input(new LocalInputFile(file), UNKNOWN))
          .toList();
    }
  }

  /** A row that may be shown; the least by rank, id and place are. */
  private record Candidate(long rank, String id, int part, long row)
      implements Comparable<Candidate> {
    private static final Comparator<Candidate> ORDER =
        Comparator.comparingLong(Candidate::rank)
            .thenComparing(Candidate::id)
            .thenComparingInt(Candidate::part)
            .thenComparingLong(Candidate::row);

    @Override
    public int compareTo(Candidate other) {
      return ORDER.compare(this, other);
    }
  }

  private static Looked look(
      LookOrder order, List<Input> parts, FileNames names, ProgressLog progress, Stop stop)
      throws IOException {
    PriorityQueue<Candidate> least = new PriorityQueue<>(Comparator.reverseOrder());
    long[] matching = {0};
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      progress.at(Progress.of("look", i, parts.size(), "files"));
      Input input = parts.get(i);
      long[] at = {0};
      DocumentRows.readSmall(
          input.file(),
          order.dropped(),
          row -> {
            if (stop.asked()) {
              throw new Stopped("asked to leave");
            }
            if (matches(order, row, names.of(input.source(), value(row, "source")))) {
              matching[0]++;
              String id = row.getString("id", 0);
              least.add(new Candidate(rank(order, id), id, part, at[0]));
              if (least.size() > order.limit()) {
                least.poll();
              }
            }
            at[0]++;
          });
    }
    return new Looked(matching[0], rows(order, parts, least.stream().sorted().toList(), names));
  }

  private static boolean matches(LookOrder order, Group row, String source) {
    if (order.reason().isPresent()
        && !order.reason().get().equalsIgnoreCase(value(row, "reason"))) {
      return false;
    }
    if (order.language().isPresent()) {
      String language = value(row, "language");
      if (!order
          .language()
          .get()
          .equalsIgnoreCase(language.isEmpty() ? Counts.UNKNOWN : language)) {
        return false;
      }
    }
    return order.source().isEmpty() || source.startsWith(order.source().get());
  }

  /** Bits of the id, mixed with the seed (SplitMix64's finisher). */
  private static long rank(LookOrder order, String id) {
    if (order.seed().isEmpty()) {
      return 0;
    }
    long z = Long.parseUnsignedLong(id.substring(0, 16), 16);
    z += (order.seed().get() + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  private static List<Map<String, Object>> rows(
      LookOrder order, List<Input> parts, List<Candidate> chosen, FileNames names)
      throws IOException {
    Map<Integer, SortedSet<Long>> byPart = new TreeMap<>();
    for (Candidate one : chosen) {
      byPart.computeIfAbsent(one.part(), any -> new TreeSet<>()).add(one.row());
    }
    Map<String, Map<String, Object>> found = new HashMap<>();
    for (Map.Entry<Integer, SortedSet<Long>> part : byPart.entrySet()) {
      Input input = parts.get(part.getKey());
      Iterator<Long> ordinals = part.getValue().iterator();
      ParquetFiles.read(
          input.file(),
          part.getValue(),
          row ->
              found.put(
                  part.getKey() + "/" + ordinals.next(), shown(order, row, names, input.source())));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    chosen.forEach(one -> rows.add(found.get(one.part() + "/" + one.row())));
    return rows;
  }

  private static Map<String, Object> shown(
      LookOrder order, Group row, FileNames names, int source) {
    Map<String, Object> shown = new LinkedHashMap<>();
    row.getType()
        .getFields()
        .forEach(
            field -> {
              String column = field.getName();
              if (field.isPrimitive() && row.getFieldRepetitionCount(column) > 0) {
                shown.put(column, row.getString(column, 0));
              }
            });
    if (row.getType().containsField("scores") && !DocumentRows.scores(row).isEmpty()) {
      shown.put("scores", new TreeMap<>(DocumentRows.scores(row)));
    }
    shown.put("source", names.of(source, value(row, "source")));
    shown.computeIfPresent("detail", (column, words) -> names.inWords((String) words));
    String text = value(row, "text");
    long characters = text.codePointCount(0, text.length());
    shown.put("characters", characters);
    if (characters > order.characters()) {
      shown.put("text", text.substring(0, text.offsetByCodePoints(0, order.characters())) + "…");
    }
    return shown;
  }

  private static String value(Group row, String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0
        ? row.getString(column, 0)
        : "";
  }
}
