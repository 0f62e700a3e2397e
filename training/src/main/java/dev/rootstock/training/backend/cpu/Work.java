package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.DropoutMask;
import java.util.Optional;

/**
 * One batch of one job.
 *
 * @param job null: the base itself learns
 * @param dropout from the batch's first position on
 * @param losses by a chunk's first row, filled in
 */
record Work(
    Adapters job, Batch batch, double scale, Optional<DropoutMask> dropout, double[] losses) {
  Work(Adapters job, Batch batch, double scale, Optional<DropoutMask> dropout) {
    this(job, batch, scale, dropout, new double[batch.rows()]);
  }

  /** Σ loss, once computed: one order of addition, however the rows were parted. */
  double loss() {
    double loss = 0;
    for (double part : losses) {
      loss += part;
    }
    return loss;
  }
}
