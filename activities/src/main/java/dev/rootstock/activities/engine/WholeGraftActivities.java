package dev.rootstock.activities.engine;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.workflows.FinetuneRequest;
import dev.rootstock.workflows.FinetuneWorkflowImpl;
import dev.rootstock.workflows.GraftActivities;
import dev.rootstock.workflows.Reasons;
import dev.rootstock.workflows.RegistryActivities;
import dev.rootstock.workflows.ReportActivities;
import dev.rootstock.workflows.RequestActivities;
import dev.rootstock.workflows.Trained;
import dev.rootstock.workflows.TrainingActivities;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/**
 * {@link GraftActivities}: the plan of one finetune, its steps carried out one after another here.
 */
public final class WholeGraftActivities implements GraftActivities {
  private static final int TRIES = 3; // of a comparison, before the finetune stands without

  private final FinetuneWorkflowImpl plan;

  public WholeGraftActivities(
      RequestActivities requests,
      TrainingActivities training,
      RegistryActivities registry,
      ReportActivities reports) {
    this.plan = new FinetuneWorkflowImpl(requests, new Comparing(training), registry, reports);
  }

  @Override
  public void graft(FinetuneRequest request) {
    plan.run(request);
  }

  /** Tells the plan of a comparison that failed for good, as a server would. */
  private record Comparing(TrainingActivities training) implements TrainingActivities {
    @Override
    public CheckpointRef pretrain(PretrainOrder order) {
      return training.pretrain(order);
    }

    @Override
    public Trained finetune(String name, FinetuneOrder order) {
      try {
        return training.finetune(name, order);
      } catch (RuntimeException failed) {
        if (order.base().isPresent() || isToBeTriedAgain(failed)) {
          throw failed;
        }
        throw new ActivityFailure(
            failed.getMessage(),
            0,
            0,
            "Training.Finetune",
            name,
            RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE,
            "",
            failed);
      }
    }

    private static boolean isToBeTriedAgain(RuntimeException failed) {
      boolean forGood = failed instanceof ApplicationFailure told && told.isNonRetryable();
      boolean leaving =
          Reasons.cancelled(failed)
              || failed instanceof ActivityCompletionException
              || Reasons.type(failed).equals("Draining");
      return leaving || (!forGood && Activity.getExecutionContext().getInfo().getAttempt() < TRIES);
    }
  }
}
