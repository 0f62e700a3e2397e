package dev.rootstock.workflows;

import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.pipeline.PromoteChoice;
import io.temporal.failure.ActivityFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** See {@link FinetuneWorkflow}. */
public final class FinetuneWorkflowImpl implements FinetuneWorkflow {
  private final RequestActivities requests;
  private final TrainingActivities training;
  private final RegistryActivities registry;
  private final ReportActivities reports;

  public FinetuneWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public FinetuneWorkflowImpl(Steps steps) {
    this.requests = steps.control().on(RequestActivities.class);
    this.training = steps.graft().on(TrainingActivities.class);
    this.registry = steps.control().on(RegistryActivities.class);
    this.reports = steps.control().on(ReportActivities.class);
  }

  /** The same plan, carried out by whoever stands behind these ports. */
  public FinetuneWorkflowImpl(
      RequestActivities requests,
      TrainingActivities training,
      RegistryActivities registry,
      ReportActivities reports) {
    this.requests = requests;
    this.training = training;
    this.registry = registry;
    this.reports = reports;
  }

  @Override
  public FinetuneOutcome run(FinetuneRequest request) {
    FinetuneJob job = requests.job(request.store(), request.jobs(), request.index());
    try {
      return graft(request, job);
    } catch (ActivityFailure failure) {
      if (!Reasons.cancelled(failure)) {
        String reason = Reasons.of(failure);
        reports.keepFailure(request.store(), request.run(), job.name(), request.index(), reason);
      }
      throw failure;
    }
  }

  private FinetuneOutcome graft(FinetuneRequest request, FinetuneJob job) {
    Trained graft = training.finetune(job.name(), grafting(request, job));
    Optional<Trained> scratch = job.twin().flatMap(twin -> twin(request, job, twin));
    ModelRef model =
        registry.registerFinetune(
            request.store(),
            request.run(),
            request.pipeline() + "-" + job.name(),
            request.base(),
            job,
            graft);
    Optional<Promotion> promotion =
        request
            .promote()
            .map(rule -> registry.promote(rule(request, job, rule, model, graft, scratch)));
    FinetuneOutcome outcome =
        new FinetuneOutcome(
            job.name(), job.finetune().task().type(), model, graft, scratch, promotion);
    reports.keep(request.store(), request.run(), outcome);
    List<StageOutcome> stages = new ArrayList<>(List.of(graft.outcome()));
    scratch.ifPresent(trained -> stages.add(trained.outcome()));
    reports.enter(request.store(), request.run(), stages);
    return outcome;
  }

  /** A comparison that fails is told of, and the graft stands. */
  private Optional<Trained> twin(FinetuneRequest request, FinetuneJob job, FinetuneJob.Twin twin) {
    String name = "scratch-" + job.name();
    try {
      return Optional.of(training.finetune(name, fromScratch(request, job, twin)));
    } catch (ActivityFailure failure) {
      if (Reasons.cancelled(failure)) {
        throw failure;
      }
      reports.event(request.store(), request.run(), name, "failed: " + Reasons.of(failure));
      return Optional.empty();
    }
  }

  private static FinetuneOrder grafting(FinetuneRequest request, FinetuneJob job) {
    return new FinetuneOrder(
        new Attempt(request.store(), request.run(), 1, 0),
        job.graft(),
        Optional.of(request.base().checkpoint()),
        request.base().checkpoint().tokenizer(),
        job.finetune(),
        job.data(),
        job.test(),
        request.heldOut());
  }

  private static FinetuneOrder fromScratch(
      FinetuneRequest request, FinetuneJob job, FinetuneJob.Twin twin) {
    return new FinetuneOrder(
        new Attempt(request.store(), request.run(), 1, 0),
        twin.fingerprint(),
        Optional.empty(),
        request.base().checkpoint().tokenizer(),
        twin.finetune(),
        job.data(),
        job.test(),
        Optional.empty());
  }

  private static PromoteRequest rule(
      FinetuneRequest request,
      FinetuneJob job,
      PromoteChoice rule,
      ModelRef model,
      Trained graft,
      Optional<Trained> scratch) {
    return new PromoteRequest(
        request.store(),
        request.run(),
        model,
        rule,
        job.finetune().task().type(),
        graft.result().scores(),
        scratch.map(trained -> trained.result().scores()),
        graft.result().before());
  }
}
