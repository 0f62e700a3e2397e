package dev.rootstock.activities.report;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.workflows.LaterItems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code screening.json} of a run: what its base has read of test rows that came later.
 *
 * @param tasks the finetunes
 */
record RunScreening(List<LaterItems.Task> tasks, Screening screening) implements HandedOn {
  static final String NAME = "screening";
  private static final int TOLD = 20;

  RunScreening {
    tasks = List.copyOf(tasks);
  }

  /** The whole of it, read from the store where it is too long for a history. */
  static RunScreening of(ArtifactStore store, LaterItems later, Screening screening)
      throws IOException {
    if (!later.tasks().isEmpty() && !screening.tasks().isEmpty()) {
      return new RunScreening(later.tasks(), screening);
    }
    String items = new String(store.read(later.items().listing()), StandardCharsets.UTF_8);
    return new RunScreening(
        CanonicalJson.read(items, TestItems.class).tasks().stream()
            .map(task -> new LaterItems.Task(task.name(), task.fingerprint()))
            .toList(),
        Artifacts.find(store, Stage.SCREENING, screening.fingerprint())
            .orElseThrow()
            .result(Screening.class));
  }

  /**
   * A sentence for each finetune, or, of a long list, for the first of which something was found.
   */
  List<String> sentences() {
    Map<Fingerprint, Screening.Found> searched = new HashMap<>();
    screening.tasks().forEach(each -> searched.put(each.task(), each));
    List<LaterItems.Task> told =
        tasks.size() <= TOLD
            ? tasks
            : tasks.stream()
                .filter(task -> searched.get(task.task()).found() > 0)
                .limit(TOLD)
                .toList();
    List<String> sentences = new ArrayList<>();
    if (told.size() < tasks.size()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%,d finetunes came after the base's documents, which hold passages of the test rows of %,d of them.",
              tasks.size(),
              tasks.stream().filter(task -> searched.get(task.task()).found() > 0).count()));
    }
    for (LaterItems.Task task : told) {
      Screening.Found found = searched.get(task.task());
      String tooShort =
          found.invisible() == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  " (%,d are shorter than 12 words, or 20 characters without spaces, and were not looked for)",
                  found.invisible());
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s came after the base's documents, which hold a passage of %,d of its %,d test rows%s%s",
              task.name(),
              found.found(),
              found.rows(),
              tooShort,
              found.found() == 0 ? "." : ": its scores may flatter it."));
    }
    return sentences;
  }
}
