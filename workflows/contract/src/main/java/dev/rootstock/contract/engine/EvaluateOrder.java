package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import java.util.List;
import java.util.Optional;

/**
 * Verb {@code evaluate}: a model's scores. Exactly one of the two is given. Result: {@link
 * dev.rootstock.contract.Scores}.
 *
 * @param task whose test rows are scored
 * @param data where the task's files lie now
 * @param test where its test files lie now
 * @param text UTF-8 text whose bits per byte are measured, as one document
 */
public record EvaluateOrder(
    Attempt attempt,
    CheckpointRef model,
    Optional<TaskSpec> task,
    List<PinnedFile> data,
    List<PinnedFile> test,
    Optional<PinnedFile> text) {
  public EvaluateOrder {
    data = List.copyOf(data);
    test = List.copyOf(test);
  }
}
