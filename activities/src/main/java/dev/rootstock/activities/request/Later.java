package dev.rootstock.activities.request;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.LaterItems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names the search of a base's documents for test rows that came later. */
final class Later {
  private Later() {}

  /**
   * The search, if there is something to look for.
   *
   * @param documents fingerprint of what is searched
   * @param made the documents, if they are a registered base's
   */
  static Optional<LaterItems> of(
      PipelineSpec pipeline,
      List<TestItems.Task> tasks,
      Fingerprint documents,
      Optional<DocumentsRef> made) {
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    TestItems items = new TestItems(tasks);
    return Optional.of(
        new LaterItems(
            tasks.stream()
                .map(task -> new LaterItems.Task(task.name(), task.fingerprint()))
                .toList(),
            new TestItemsRef(items.fingerprint(), ""),
            name(documents, items.fingerprint()),
            made,
            pipeline.runner()));
  }

  static Fingerprint name(Fingerprint documents, Fingerprint items) {
    return Fingerprint.ofForm(
        Fingerprint.form(Stage.SCREENING, Map.of("documents", documents, "items", items)));
  }
}
