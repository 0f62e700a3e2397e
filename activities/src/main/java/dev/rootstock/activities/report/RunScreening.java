package dev.rootstock.activities.report;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Screening;
import dev.rootstock.workflows.LaterItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code screening.json} of a run: what its base has read of test rows that came later.
 *
 * @param tasks the finetunes
 */
record RunScreening(List<LaterItems.Task> tasks, Screening screening) implements HandedOn {
  static final String NAME = "screening";

  RunScreening {
    tasks = List.copyOf(tasks);
  }

  /** A sentence for each finetune. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (LaterItems.Task task : tasks) {
      Screening.Found found =
          screening.tasks().stream()
              .filter(each -> each.task().equals(task.task()))
              .findFirst()
              .orElseThrow();
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
