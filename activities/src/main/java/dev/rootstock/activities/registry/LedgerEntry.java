package dev.rootstock.activities.registry;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.workflows.StageOutcome;
import java.time.Instant;

/**
 * One stage of one run, in money's stead: {@code ledger/<yyyy-mm-dd>/<id>.json}.
 *
 * @param maker the run that made it
 * @param spent what this run paid; nothing where it found or joined
 * @param saved what it would have paid had nobody made it before
 */
public record LedgerEntry(
    String run,
    Stage stage,
    String name,
    Fingerprint fingerprint,
    StageOutcome.How how,
    String maker,
    Spent spent,
    Spent saved,
    Instant at)
    implements HandedOn {
  static LedgerEntry of(String run, StageOutcome outcome, Instant at) {
    boolean made = outcome.how() == StageOutcome.How.MADE;
    return new LedgerEntry(
        run,
        outcome.stage(),
        outcome.name(),
        outcome.fingerprint(),
        outcome.how(),
        outcome.maker(),
        made ? outcome.spent() : Spent.NOTHING,
        made ? Spent.NOTHING : outcome.spent(),
        at);
  }
}
