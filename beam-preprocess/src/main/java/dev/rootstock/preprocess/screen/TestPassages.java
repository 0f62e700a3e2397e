package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.task.TaskFiles;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The passages of one task's test rows. Of a classification the text counts, of a translation or an
 * answer what is given and what is wanted together, of a language model the whole text. Immutable
 * once read; thread-safe.
 */
final class TestPassages {
  private final Map<Long, Integer> rows = new HashMap<>(); // hash to the row that has it first
  private final int count;
  private final int invisible;

  private TestPassages(TestItems.Task task, TaskSplit split) {
    int without = 0;
    for (int row = 0; row < split.test().size(); row++) {
      int number = row;
      boolean[] any = {false};
      Passages.of(
          text(task.spec().type(), split.test().get(row)),
          hash -> {
            rows.putIfAbsent(hash, number);
            any[0] = true;
            return false;
          });
      without += any[0] ? 0 : 1;
    }
    this.count = split.test().size();
    this.invisible = without;
  }

  static TestPassages of(TestItems.Task task, TaskFiles files) throws IOException {
    return new TestPassages(task, TaskSplit.read(task.spec(), task.data(), task.test(), files));
  }

  private static String text(TaskType type, TaskRow row) {
    return type == TaskType.SEQ2SEQ ? row.text() + "\n" + row.answer() : row.text();
  }

  /** The first of the test rows, from 0, of which the text holds a passage. */
  Optional<Integer> heldBy(String text) {
    int[] found = {-1};
    Passages.of(
        text,
        hash -> {
          found[0] = rows.getOrDefault(hash, -1);
          return found[0] >= 0;
        });
    return found[0] < 0 ? Optional.empty() : Optional.of(found[0]);
  }

  /** Number of test rows. */
  int count() {
    return count;
  }

  /** Number of test rows too short to have a passage, which are not looked for. */
  int invisible() {
    return invisible;
  }
}
