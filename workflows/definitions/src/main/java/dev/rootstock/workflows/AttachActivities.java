package dev.rootstock.workflows;

import io.temporal.activity.ActivityInterface;

/**
 * Port: has a shared stage made once. Finds its artifact, else joins the workflow that makes it,
 * else starts that.
 */
@ActivityInterface(namePrefix = "Attach.")
public interface AttachActivities {
  EnsuredDataset ensureDataset(DatasetRequest request);

  EnsuredBase ensureBase(PretrainRequest request);
}
