package dev.rootstock.activities.report;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.registry.Ledger;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ReportRef;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.FinetuneOutcome;
import dev.rootstock.workflows.FinetuneRequest;
import dev.rootstock.workflows.LaterItems;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Promotion;
import dev.rootstock.workflows.ReportActivities;
import dev.rootstock.workflows.StageOutcome;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link ReportActivities} over a store. */
public final class StoreReportActivities implements ReportActivities {
  private final OpenStores stores;
  private final JobLists lists;

  public StoreReportActivities(OpenStores stores) {
    this.stores = stores;
    this.lists = new JobLists(stores);
  }

  @Override
  public void event(String store, String run, String stage, String what) {
    Failures.told(
        () -> {
          event(stores.at(store), run, stage, what);
          return null;
        });
  }

  @Override
  public void enter(String store, String run, List<StageOutcome> outcomes) {
    Instant at =
        Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
    Failures.told(
        () -> {
          new Ledger(stores.at(store)).enter(run, outcomes, at);
          return null;
        });
  }

  @Override
  public void screened(String store, String run, LaterItems later, Screening screening) {
    Failures.told(
        () -> {
          ArtifactStore place = stores.at(store);
          RunScreening told = RunScreening.of(place, later, screening);
          new RunFiles(place, run).put(RunScreening.NAME, ".json", CanonicalJson.pretty(told));
          for (String sentence : told.sentences()) {
            event(place, run, "screen", sentence);
          }
          return null;
        });
  }

  @Override
  public void keep(String store, String run, FinetuneOutcome outcome) {
    Failures.told(
        () ->
            new RunFiles(stores.at(store), run)
                .put("finetunes/" + outcome.name(), ".json", CanonicalJson.pretty(outcome)));
  }

  @Override
  public void keepFailure(String store, String run, String name, int index, String reason) {
    Failures.told(
        () -> {
          ArtifactStore place = stores.at(store);
          String failure = CanonicalJson.pretty(new RunFailure(name, index, reason));
          new RunFiles(place, run).put("failures/" + name, ".json", failure);
          event(place, run, name, "failed: " + reason);
          return null;
        });
  }

  @Override
  public String keepFailureOf(FinetuneRequest request, String reason) {
    return Failures.told(
        () -> {
          String name = lists.job(request.store(), request.jobs(), request.index()).name();
          String failure = CanonicalJson.pretty(new RunFailure(name, request.index(), reason));
          new RunFiles(stores.at(request.store()), request.run())
              .put("failures/" + name, ".json", failure);
          return name;
        });
  }

  @Override
  public ReportRef write(
      String store,
      String run,
      ModelRef base,
      List<StageOutcome> outcomes,
      BatchResult finetunes,
      Optional<Promotion> promotion) {
    return Failures.told(
        () -> {
          ArtifactStore place = stores.at(store);
          RunReport report = RunReport.read(place, run, base, outcomes, promotion);
          RunFiles files = new RunFiles(place, run);
          ReportRef ref =
              new ReportRef(
                  files.put("report", ".md", MarkdownPage.of(report.title(), report.sections())),
                  files.put("report", ".html", HtmlPage.of(report.title(), report.sections())));
          PipelineResult result =
              new PipelineResult(run, base, outcomes, finetunes, promotion, ref);
          files.put("result", ".json", CanonicalJson.pretty(result));
          event(place, run, "pipeline", "done");
          return ref;
        });
  }

  private static void event(ArtifactStore store, String run, String stage, String what)
      throws IOException {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    String by = info.getWorkflowRunId() + "/" + info.getActivityId();
    RunRecord record = new RunRecord(store, run);
    if (record.events().stream().noneMatch(event -> event.by().equals(by))) {
      record.eventSeries().append(new RunEvent(stage, what, Instant.now(), by));
    }
  }
}
