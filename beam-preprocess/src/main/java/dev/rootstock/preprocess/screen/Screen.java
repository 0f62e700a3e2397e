package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Looks for passages of test rows in files of documents. Thread-safe once made. */
public final class Screen {
  private static @Nullable Screen last;
  private static String lastName = "";

  private final Map<String, TestPassages> tasks = new LinkedHashMap<>(); // by fingerprint

  /** Reads the tasks' rows. */
  static Screen of(TestItems items) throws IOException {
    Screen screen = new Screen();
    for (TestItems.Task task : items.tasks()) {
      screen.tasks.put(task.fingerprint().hex(), TestPassages.of(task, new WherePinned()));
    }
    return screen;
  }

  /** The same of a list in the store; a process reads the list that it read last no second time. */
  public static synchronized Screen read(Place place, String items) throws IOException {
    String name = place.store() + " " + items;
    if (last == null || !name.equals(lastName)) {
      try (ArtifactStore store = Stores.open(place.store())) {
        String json = new String(store.read(items), StandardCharsets.UTF_8);
        last = of(CanonicalJson.read(json, TestItems.class));
        lastName = name;
      }
    }
    return last;
  }

  Map<String, TestPassages> tasks() {
    return tasks;
  }

  /** Origins of the documents of a file that hold a passage. */
  public Set<String> held(ArtifactStore store, String name, String key) throws IOException {
    Set<String> held = new HashSet<>();
    search(store, name, key).values().forEach(hits -> held.addAll(hits.rows().keySet()));
    return held;
  }

  /**
   * Hits by the tasks' fingerprints; a file is read once for all tasks that are new to it.
   *
   * @param name of what the file holds, the same for the same documents
   * @param key of the file
   */
  Map<String, Hits> search(ArtifactStore store, String name, String key) throws IOException {
    Map<String, Hits> hits = new LinkedHashMap<>();
    Map<String, Hits> looking = new LinkedHashMap<>();
    for (String task : tasks.keySet()) {
      Optional<Hits> known = Hits.find(store, name, task);
      hits.put(task, known.orElseGet(Hits::none));
      if (known.isEmpty()) {
        looking.put(task, hits.get(task));
      }
    }
    if (!looking.isEmpty()) {
      DocumentRows.readSifted(
          new StoreInput(store, key),
          0,
          document ->
              looking.forEach(
                  (task, hit) -> {
                    SortedSet<Integer> rows = tasks.get(task).heldBy(document.text());
                    if (!rows.isEmpty()) {
                      hit.add(document, rows);
                    }
                  }));
      for (Map.Entry<String, Hits> found : looking.entrySet()) {
        found.getValue().keep(store, name, found.getKey());
      }
    }
    return hits;
  }
}
