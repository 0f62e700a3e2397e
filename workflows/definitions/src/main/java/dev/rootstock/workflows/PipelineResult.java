package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ReportRef;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline came to.
 *
 * @param base the model that finetunes were grafted on
 * @param outcomes of the base's stages; those of the finetunes lie beside them in the store
 * @param promotion of the base
 */
public record PipelineResult(
    String run,
    ModelRef base,
    List<StageOutcome> outcomes,
    BatchResult finetunes,
    Optional<Promotion> promotion,
    ReportRef report)
    implements HandedOn {
  public PipelineResult {
    outcomes = List.copyOf(outcomes);
  }
}
