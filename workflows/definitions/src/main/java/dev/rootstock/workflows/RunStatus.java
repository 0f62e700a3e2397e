package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/**
 * Where a run is.
 *
 * @param phase {@code resolve}, {@code dataset}, {@code base}, {@code finetunes}, {@code report},
 *     {@code done}
 * @param waitingOn ids of the workflows that do the work now; their pending activities' heartbeats
 *     hold live figures
 * @param outcomes stages that are whole
 * @param finished finetunes that ended, well or badly
 * @param finetunes in all
 */
public record RunStatus(
    String phase, List<String> waitingOn, List<StageOutcome> outcomes, int finished, int finetunes)
    implements HandedOn {
  public RunStatus {
    waitingOn = List.copyOf(waitingOn);
    outcomes = List.copyOf(outcomes);
  }
}
