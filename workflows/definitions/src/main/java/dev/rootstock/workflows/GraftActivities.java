package dev.rootstock.workflows;

import io.temporal.activity.ActivityInterface;

/** Port: finetunes of a long list, where a workflow for each would cost more than it tells. */
@ActivityInterface(namePrefix = "Graft.")
public interface GraftActivities {
  /**
   * Carries out one finetune whole, as {@link FinetuneWorkflow} does, and keeps its outcome beside
   * the run. Calling again finds what was done.
   */
  void graft(FinetuneRequest request);
}
