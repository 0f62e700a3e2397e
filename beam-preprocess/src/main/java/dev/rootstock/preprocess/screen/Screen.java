package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.preprocess.clean.SiftedBundle;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks for passages of test rows in sifted bundles. Thread-safe once made. */
final class Screen {
  private final Map<String, TestPassages> tasks = new LinkedHashMap<>(); // by fingerprint

  /** Reads the tasks' rows. */
  static Screen of(TestItems items) throws IOException {
    Screen screen = new Screen();
    for (TestItems.Task task : items.tasks()) {
      screen.tasks.put(task.fingerprint().hex(), TestPassages.of(task, new WherePinned()));
    }
    return screen;
  }

  Map<String, TestPassages> tasks() {
    return tasks;
  }

  /** Hits by the tasks' fingerprints; a bundle is read once for all tasks that are new to it. */
  Map<String, Hits> search(ArtifactStore store, SiftedBundle sifted) throws IOException {
    Map<String, Hits> hits = new LinkedHashMap<>();
    Map<String, Hits> looking = new LinkedHashMap<>();
    for (String task : tasks.keySet()) {
      Optional<Hits> known = Hits.find(store, sifted.segment(), task);
      hits.put(task, known.orElseGet(Hits::none));
      if (known.isEmpty()) {
        looking.put(task, hits.get(task));
      }
    }
    if (!looking.isEmpty()) {
      DocumentRows.readSifted(
          new StoreInput(store, sifted.kept()),
          sifted.source(),
          document ->
              looking.forEach(
                  (task, found) ->
                      tasks
                          .get(task)
                          .heldBy(document.text())
                          .ifPresent(row -> found.add(document, row))));
      for (Map.Entry<String, Hits> found : looking.entrySet()) {
        found.getValue().keep(store, sifted.segment(), found.getKey());
      }
    }
    return hits;
  }
}
