package dev.rootstock.workflows;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.PretrainOrder;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/**
 * See {@link PretrainWorkflow}. Each round is an activity of its own, which finds its checkpoint in
 * the store.
 */
public final class PretrainWorkflowImpl implements PretrainWorkflow {
  private final TrainingActivities training;

  private State state = State.TRAINING;
  private CancellationScope round;

  public PretrainWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public PretrainWorkflowImpl(Steps steps) {
    this.training = steps.train().on(TrainingActivities.class);
  }

  @Override
  public CheckpointRef run(PretrainRequest request) {
    PretrainOrder order =
        new PretrainOrder(
            new Attempt(request.store(), request.run(), 1, 0),
            request.fingerprint(),
            request.tokens(),
            request.tokenizer(),
            request.pretrain(),
            request.cadence(),
            request.ancestor());
    while (true) {
      Workflow.await(() -> state == State.TRAINING);
      try {
        CheckpointRef grown = train(order).get();
        state = State.DONE;
        return grown;
      } catch (ActivityFailure | CanceledFailure ended) {
        if (state != State.PAUSING || !Reasons.cancelled(ended)) {
          state = State.DONE;
          throw ended;
        }
        state = State.PAUSED;
      }
    }
  }

  private Promise<CheckpointRef> train(PretrainOrder order) {
    CompletablePromise<CheckpointRef> grown = Workflow.newPromise();
    round =
        Workflow.newCancellationScope(
            () -> grown.completeFrom(Async.function(training::pretrain, order)));
    round.run();
    return grown;
  }

  @Override
  public String state() {
    return CanonicalJson.word(state);
  }

  @Override
  public void pause() {
    state = State.PAUSING;
    round.cancel("pause");
    Workflow.await(() -> state != State.PAUSING);
  }

  @Override
  public void canPause() {
    if (state != State.TRAINING || round == null) {
      throw new IllegalStateException("it is " + state() + "; only what is training can be paused");
    }
  }

  @Override
  public void resume() {
    state = State.TRAINING;
  }

  @Override
  public void canResume() {
    if (state != State.PAUSED) {
      throw new IllegalStateException("it is " + state() + "; only what is paused can be resumed");
    }
  }

  private enum State {
    TRAINING,
    PAUSING,
    PAUSED,
    DONE
  }
}
