package dev.rootstock.workflows;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ReportRef;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.pipeline.PromoteChoice;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** See {@link PipelineWorkflow}. */
public final class PipelineWorkflowImpl implements PipelineWorkflow {
  private final Steps steps;
  private final RequestActivities requests;
  private final AttachActivities shared;
  private final PreprocessActivities preprocess;
  private final RegistryActivities registry;
  private final ReportActivities reports;

  private String phase = "resolve";
  private List<String> waitingOn = List.of();
  private final List<StageOutcome> outcomes = new ArrayList<>();
  private int finished;
  private int finetunes;

  public PipelineWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public PipelineWorkflowImpl(Steps steps) {
    this.steps = steps;
    this.requests = steps.control().on(RequestActivities.class);
    this.shared = steps.attach().on(AttachActivities.class);
    this.preprocess = steps.data().on(PreprocessActivities.class);
    this.registry = steps.control().on(RegistryActivities.class);
    this.reports = steps.control().on(ReportActivities.class);
  }

  @Override
  public PipelineResult run(PipelineRequest request) {
    if (request == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "a pipeline needs one input, {\"pipeline\":{…}}, and none was given", Problems.INVALID);
    }
    ResolvedPipeline plan = requests.resolve(named(request));
    finetunes = plan.finetunes();
    try {
      return carryOut(request, plan);
    } catch (TemporalFailure failure) {
      String end = Reasons.cancelled(failure) ? "cancelled" : "failed";
      String what = end.equals("cancelled") ? end : end + ": " + Reasons.of(failure);
      Workflow.newDetachedCancellationScope(() -> tell(plan, "pipeline", what)).run();
      throw failure;
    }
  }

  private PipelineResult carryOut(PipelineRequest request, ResolvedPipeline plan) {
    tell(plan, "pipeline", "began");
    Optional<PromoteChoice> rule = request.pipeline().promote();
    ModelRef base;
    Optional<TokensRef> heldOut = plan.heldOut();
    Optional<Promotion> promotion = Optional.empty();
    Optional<DocumentsRef> documents = plan.later().flatMap(LaterItems::documents);
    if (plan.growth().isPresent()) {
      EnsuredDataset dataset = dataset(plan, plan.growth().get());
      CheckpointRef grown = base(plan, plan.growth().get(), dataset);
      heldOut = Optional.of(dataset.dataset().tokens());
      documents = Optional.of(dataset.dataset().documents());
      base = registry.registerBase(plan.store(), plan.run(), request.pipeline().name(), grown);
      reports.enter(plan.store(), plan.run(), outcomes);
      promotion = rule.map(choice -> registry.promote(judgement(plan, base, choice)));
    } else {
      base = plan.base().orElseThrow();
    }
    if (plan.later().isPresent() && documents.isPresent()) {
      screen(plan, plan.later().get(), documents.get());
    }
    BatchResult grafted =
        plan.finetunes() == 0 ? BatchResult.NONE : graft(request, plan, base, heldOut);
    finished = grafted.done() + grafted.failed();
    enter("report");
    ReportRef report = reports.write(plan.store(), plan.run(), base, outcomes, grafted, promotion);
    enter("done");
    return new PipelineResult(plan.run(), base, outcomes, grafted, promotion, report);
  }

  private EnsuredDataset dataset(ResolvedPipeline plan, Growth growth) {
    enter("dataset", "dataset/" + growth.dataset().tokens());
    EnsuredDataset dataset = shared.ensureDataset(growth.dataset());
    dataset.outcomes().forEach(outcome -> keep(plan, outcome));
    return dataset;
  }

  private CheckpointRef base(ResolvedPipeline plan, Growth growth, EnsuredDataset dataset) {
    enter("base", "pretrain/" + growth.base());
    EnsuredBase base =
        shared.ensureBase(
            new PretrainRequest(
                plan.store(),
                plan.run(),
                growth.base(),
                dataset.dataset().tokens(),
                dataset.dataset().tokenizer(),
                growth.pretrain(),
                growth.cadence(),
                growth.ancestor()));
    keep(plan, base.outcome());
    return base.checkpoint();
  }

  private void screen(ResolvedPipeline plan, LaterItems later, DocumentsRef documents) {
    enter("screen");
    Screening screening =
        preprocess.screen(
            new ScreenOrder(
                new Attempt(plan.store(), plan.run(), 1, 0),
                later.screening(),
                documents,
                later.items(),
                later.runner()));
    reports.screened(plan.store(), plan.run(), later, screening);
  }

  private BatchResult graft(
      PipelineRequest request, ResolvedPipeline plan, ModelRef base, Optional<TokensRef> heldOut) {
    String id = "finetune-batch/" + plan.run();
    enter("finetunes", id);
    FinetuneBatchWorkflow batch =
        Workflow.newChildWorkflowStub(
            FinetuneBatchWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary(plan.finetunes() + " finetunes on " + base.label())
                .build());
    return batch.run(
        new FinetuneBatchRequest(
            plan.store(),
            plan.run(),
            request.pipeline().name(),
            plan.jobs(),
            0,
            plan.finetunes(),
            steps.window(),
            base,
            heldOut,
            request.pipeline().promote(),
            BatchResult.NONE));
  }

  private static PromoteRequest judgement(
      ResolvedPipeline plan, ModelRef base, PromoteChoice choice) {
    return new PromoteRequest(
        plan.store(),
        plan.run(),
        base,
        choice,
        TaskType.LANGUAGE_MODEL,
        new Scores(Map.of(), 0), // the registry reads them where the base was made
        Optional.empty(),
        Optional.empty());
  }

  private void keep(ResolvedPipeline plan, StageOutcome outcome) {
    outcomes.add(outcome);
    tell(
        plan,
        outcome.name(),
        outcome.how().name().toLowerCase(Locale.ROOT) + " by run " + outcome.maker());
  }

  private void tell(ResolvedPipeline plan, String stage, String what) {
    reports.event(plan.store(), plan.run(), stage, what);
  }

  /** The run's name is decided here, for the workflow's id is known nowhere else. */
  private static PipelineRequest named(PipelineRequest request) {
    String id = Workflow.getInfo().getWorkflowId();
    String name = request.run().orElse(id.substring(id.lastIndexOf('/') + 1));
    return new PipelineRequest(Optional.of(name), request.pipeline(), request.labels());
  }

  private void enter(String next, String... ids) {
    phase = next;
    waitingOn = List.of(ids);
  }

  @Override
  public RunStatus progress() {
    return new RunStatus(phase, waitingOn, outcomes, finished, finetunes);
  }
}
