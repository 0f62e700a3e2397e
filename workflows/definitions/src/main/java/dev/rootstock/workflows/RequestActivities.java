package dev.rootstock.workflows;

import io.temporal.activity.ActivityInterface;

/** Port: makes a request definite before anything is spent. */
@ActivityInterface(namePrefix = "Request.")
public interface RequestActivities {
  /**
   * Checks everything that can be checked, pins corpus and task files by their sums, decides every
   * {@code auto}, names every stage, and writes the list of jobs.
   *
   * @throws RuntimeException of type {@code InvalidConfig}, with every problem found
   */
  ResolvedPipeline resolve(PipelineRequest request);

  /** Line {@code index} of a list of jobs. */
  FinetuneJob job(String store, String jobs, int index);
}
