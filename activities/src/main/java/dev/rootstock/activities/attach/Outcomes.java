package dev.rootstock.activities.attach;

import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.StageOutcome;

/** What became of a stage, told from its manifest. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * @param there whether it was whole before {@code run} asked for it
   */
  public static StageOutcome of(
      Stage stage, String name, Manifest manifest, String run, boolean there) {
    StageOutcome.How how =
        manifest.run().equals(run)
            ? StageOutcome.How.MADE
            : there ? StageOutcome.How.REUSED : StageOutcome.How.JOINED;
    return new StageOutcome(
        stage,
        name,
        manifest.fingerprint(),
        how,
        manifest.run(),
        manifest.madeAt(),
        manifest.spent());
  }
}
