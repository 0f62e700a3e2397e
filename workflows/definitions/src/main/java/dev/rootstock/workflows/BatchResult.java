package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import java.util.ArrayList;
import java.util.List;

/**
 * How a list of finetunes went; each one's own outcome lies in the store, {@code
 * runs/<run>/finetunes/<name>.json}.
 *
 * @param done finished well
 * @param failed finished badly
 * @param failures the first 20 of them
 */
public record BatchResult(int done, int failed, List<Failed> failures) implements HandedOn {
  public static final BatchResult NONE = new BatchResult(0, 0, List.of());

  public BatchResult {
    failures = List.copyOf(failures);
  }

  private static final int NAMED = 20;

  /** One more that finished well. */
  BatchResult oneDone() {
    return new BatchResult(done + 1, failed, failures);
  }

  /** One more that finished badly; the first 20 are named. */
  BatchResult oneFailed(Failed failure) {
    List<Failed> named = new ArrayList<>(failures);
    if (named.size() < NAMED) {
      named.add(failure);
    }
    return new BatchResult(done, failed + 1, named);
  }

  /** A finetune that failed, and why. */
  public record Failed(String name, String reason) implements HandedOn {}
}
