package dev.rootstock.workflows;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TestItemsRef;
import java.util.List;
import java.util.Optional;

/**
 * Test rows of a request that came after the documents of its base, which are to be searched for
 * them.
 *
 * @param tasks the finetunes; none where they are more than {@link #MOST}, and {@code items} tells
 * @param items their rows
 * @param screening the fingerprint the search will have
 * @param documents of a registered base; a grown one brings its own
 */
public record LaterItems(
    List<Task> tasks,
    TestItemsRef items,
    Fingerprint screening,
    Optional<DocumentsRef> documents,
    RunnerSpec runner)
    implements HandedOn {
  /** What a history holds of a list that may have thousands. */
  public static final int MOST = 100;

  public LaterItems {
    tasks = List.copyOf(tasks);
  }

  /**
   * A finetune and its task.
   *
   * @param task {@link dev.rootstock.contract.TestItems.Task#fingerprint}
   */
  public record Task(String name, Fingerprint task) implements HandedOn {}
}
