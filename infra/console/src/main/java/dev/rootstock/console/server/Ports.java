package dev.rootstock.console.server;

import dev.rootstock.workflows.AttachActivities;
import dev.rootstock.workflows.PreprocessActivities;
import dev.rootstock.workflows.RegistryActivities;
import dev.rootstock.workflows.ReportActivities;
import dev.rootstock.workflows.RequestActivities;
import dev.rootstock.workflows.TrainingActivities;

/**
 * Who carries out each step of the plan.
 *
 * @param stopEngines asks every running engine to save and leave, and later ones not to begin
 */
public record Ports(
    RequestActivities requests,
    AttachActivities attach,
    PreprocessActivities preprocess,
    TrainingActivities training,
    RegistryActivities registry,
    ReportActivities reports,
    Runnable stopEngines) {
  /** The same with others who train. */
  public Ports training(TrainingActivities others) {
    return new Ports(requests, attach, preprocess, others, registry, reports, stopEngines);
  }
}
