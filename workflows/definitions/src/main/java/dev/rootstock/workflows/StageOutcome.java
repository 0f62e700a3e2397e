package dev.rootstock.workflows;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import java.time.Instant;

/**
 * What became of one stage of a run.
 *
 * @param name for people: {@code documents}, {@code base}, a finetune's name, {@code
 *     scratch-sentiment}
 * @param maker the run that made it
 * @param spent what making it took, whoever paid
 */
public record StageOutcome(
    Stage stage,
    String name,
    Fingerprint fingerprint,
    How how,
    String maker,
    Instant madeAt,
    Spent spent)
    implements HandedOn {
  /** How the stage came to be whole. */
  public enum How {
    /** This run made it. */
    MADE,
    /** It was there. */
    REUSED,
    /** Another run was making it, and this one waited. */
    JOINED
  }
}
