package dev.rootstock.activities.engine;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.attach.Leases;
import dev.rootstock.activities.attach.Outcomes;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TrainerSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.Trained;
import dev.rootstock.workflows.TrainingActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.io.IOException;
import java.util.Optional;

/** {@link TrainingActivities} by starting the engine that knows tensors. */
public final class EngineTrainingActivities implements TrainingActivities {
  private final EngineSettings settings;
  private final OpenStores stores;
  private final Drain drain;

  public EngineTrainingActivities(EngineSettings settings, OpenStores stores, Drain drain) {
    this.settings = settings;
    this.stores = stores;
    this.drain = drain;
  }

  @Override
  public CheckpointRef pretrain(PretrainOrder order) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    PretrainOrder now =
        new PretrainOrder(
            attempt(context, order.attempt()),
            order.fingerprint(),
            order.tokens(),
            order.tokenizer(),
            order.pretrain(),
            order.cadence(),
            order.ancestor());
    return Failures.told(() -> grow(context, now));
  }

  private CheckpointRef grow(ActivityExecutionContext context, PretrainOrder order)
      throws Exception {
    ArtifactStore store = stores.at(order.attempt().store());
    Checkpoints checkpoints = new Checkpoints(store, order.fingerprint());
    Leases leases = new Leases(store, Stage.PRETRAIN, order.fingerprint(), settings.lease());
    return Stint.of(context, leases, order.attempt().run())
        .findOrMake(
            () ->
                Artifacts.find(store, Stage.PRETRAIN, order.fingerprint())
                    .map(whole -> whole.result(CheckpointRef.class)),
            () -> checkpoints.whole().stream().findFirst().map(Checkpoints.Saved::step),
            () -> {
              NoProgress.check(checkpoints, leases.entries());
              return CanonicalJson.read(
                  new EngineRun(settings, drain, context, "pretrain")
                      .carryOut(
                          trainer(order), "pretrain", order, order.attempt().run(), "pretrain"),
                  CheckpointRef.class);
            });
  }

  private EngineCommand trainer(PretrainOrder order) throws IOException {
    Optional<TrainerSpec> other = order.pretrain().trainer();
    return other.isPresent() ? settings.trainers().command(other.get()) : settings.training().get();
  }

  @Override
  public Trained finetune(String name, FinetuneOrder order) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    FinetuneOrder now =
        new FinetuneOrder(
            attempt(context, order.attempt()),
            order.fingerprint(),
            order.base(),
            order.tokenizer(),
            order.finetune(),
            order.data(),
            order.test(),
            order.heldOut());
    return Failures.told(() -> graft(context, name, now));
  }

  private Trained graft(ActivityExecutionContext context, String name, FinetuneOrder order)
      throws Exception {
    ArtifactStore store = stores.at(order.attempt().store());
    String run = order.attempt().run();
    Optional<Manifest> before = Artifacts.find(store, Stage.FINETUNE, order.fingerprint());
    if (before.isEmpty()) {
      new EngineRun(settings, drain, context, "finetune")
          .carryOut(settings.training().get(), "finetune", order, run, "finetune-" + name);
    }
    Manifest made = before.isPresent() ? before.get() : made(store, order);
    return new Trained(
        made.result(FinetuneResult.class),
        Outcomes.of(Stage.FINETUNE, name, made, run, before.isPresent()));
  }

  private static Manifest made(ArtifactStore store, FinetuneOrder order) throws IOException {
    return Artifacts.find(store, Stage.FINETUNE, order.fingerprint())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the engine answered, yet "
                        + Stage.FINETUNE.at(order.fingerprint())
                        + " is not whole"));
  }

  private Attempt attempt(ActivityExecutionContext context, Attempt asked) {
    return new Attempt(
        asked.store(), asked.run(), context.getInfo().getAttempt(), settings.threads());
  }
}
