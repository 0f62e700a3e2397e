package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.TaskFiles;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import dev.rootstock.preprocess.mask.Mask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The passages of one task's test rows. Of a classification the text counts, of a translation or an
 * answer what is given and what is wanted together, of a language model the whole text. Immutable
 * once read; thread-safe.
 */
final class TestPassages {
  private static final Mask MASK = Mask.of(List.of(CleaningSpec.Personal.values()));

  private final Map<Long, List<Integer>> rows = new HashMap<>(); // by the hash of a passage
  private final int count;
  private final int invisible;

  private TestPassages(TestItems.Task task, TaskSplit split) {
    int without = 0;
    for (int row = 0; row < split.test().size(); row++) {
      String text = text(task.spec().type(), split.test().get(row));
      boolean any = add(row, text);
      String masked = MASK.apply(text).text(); // as documents are before they are searched
      any |= !masked.equals(text) && add(row, masked);
      without += any ? 0 : 1;
    }
    this.count = split.test().size();
    this.invisible = without;
  }

  private boolean add(int row, String text) {
    boolean[] any = {false};
    Passages.of(
        text,
        hash -> {
          List<Integer> all = rows.computeIfAbsent(hash, none -> new ArrayList<>(1));
          if (all.isEmpty() || all.get(all.size() - 1) != row) {
            all.add(row);
          }
          any[0] = true;
        });
    return any[0];
  }

  static TestPassages of(TestItems.Task task, TaskFiles files) throws IOException {
    return new TestPassages(task, TaskSplit.read(task.spec(), task.data(), task.test(), files));
  }

  private static String text(TaskType type, TaskRow row) {
    return switch (type) {
      case SEQ2SEQ -> row.text() + "\n" + row.answer();
      case CHAT -> Conversation.parse(row.text()).plain();
      case CLASSIFY, LANGUAGE_MODEL -> row.text();
    };
  }

  /** The test rows, from 0, of which the text holds a passage. */
  SortedSet<Integer> heldBy(String text) {
    SortedSet<Integer> found = new TreeSet<>();
    Passages.of(text, hash -> found.addAll(rows.getOrDefault(hash, List.of())));
    return found;
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
