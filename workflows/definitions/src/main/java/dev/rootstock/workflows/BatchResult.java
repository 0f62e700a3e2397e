package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
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

  /** A finetune that failed, and why. */
  public record Failed(String name, String reason) implements HandedOn {}
}
