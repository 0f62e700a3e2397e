package dev.rootstock.contract;

import java.util.List;

/**
 * What documents hold of test rows that came after they were made.
 *
 * @param tasks in the order in which they were asked for
 */
public record Screening(Fingerprint fingerprint, List<Found> tasks) implements HandedOn {
  public Screening {
    tasks = List.copyOf(tasks);
  }

  /**
   * One task.
   *
   * @param task its {@link TestItems.Task#fingerprint}
   * @param rows test rows it has
   * @param invisible rows too short to have a passage, which can not be looked for
   * @param found rows of which some document holds a passage
   * @param documents that hold one
   */
  public record Found(Fingerprint task, long rows, long invisible, long found, long documents)
      implements HandedOn {}
}
