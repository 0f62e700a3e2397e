package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import java.util.List;

/**
 * Verb {@code evaluate}: a model's scores on a task. Result: {@link dev.rootstock.contract.Scores}.
 *
 * @param task whose test rows are scored
 * @param data where the task's files lie now
 * @param test where its test files lie now
 */
public record EvaluateOrder(
    Attempt attempt,
    CheckpointRef model,
    TaskSpec task,
    List<PinnedFile> data,
    List<PinnedFile> test) {
  public EvaluateOrder {
    data = List.copyOf(data);
    test = List.copyOf(test);
  }
}
