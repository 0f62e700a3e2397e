package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Default;
import java.util.List;

/**
 * What each finetune is compared with. Its own score on the test rows is always taken, and so is
 * the untouched base's.
 *
 * @param against default {@code [scratch, base]}
 */
public record EvaluateChoice(@Default("[\"scratch\", \"base\"]") List<Rival> against) {
  public EvaluateChoice {
    against = List.copyOf(against);
  }

  /** With what to compare. */
  public enum Rival {
    /**
     * The same shape from random weights, trained on the task's rows alone, equal rows seen, full
     * method.
     */
    SCRATCH,
    /** The base, untouched. */
    BASE
  }
}
