package dev.rootstock.activities.report;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Series;
import dev.rootstock.workflows.FinetuneOutcome;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything a run left in the store, for reading. */
public record RunRecord(ArtifactStore store, String run) {
  public RunFiles files() {
    return new RunFiles(store, run);
  }

  public Optional<PipelineRequest> request() throws IOException {
    return files()
        .read("request", ".json")
        .map(json -> CanonicalJson.read(json, PipelineRequest.class));
  }

  /** What it came to, once it has ended well. */
  public Optional<PipelineResult> result() throws IOException {
    return files()
        .read("result", ".json")
        .map(json -> CanonicalJson.read(json, PipelineResult.class));
  }

  /** The report as Markdown, once it is written. */
  public Optional<String> report() throws IOException {
    return files().read("report", ".md");
  }

  Series<RunEvent> eventSeries() {
    return new Series<>(store, "runs/" + run + "/events", RunEvent.class);
  }

  /** What happened, in order. */
  public List<RunEvent> events() throws IOException {
    return eventSeries().all().stream().map(Series.Entry::value).toList();
  }

  /** Finetunes that ended well, by name. */
  public List<FinetuneOutcome> finetunes() throws IOException {
    return all("finetunes/", FinetuneOutcome.class);
  }

  /** Finetunes that ended badly and have not ended well since, by name. */
  public List<RunFailure> failures() throws IOException {
    List<String> well = finetunes().stream().map(FinetuneOutcome::name).toList();
    return all("failures/", RunFailure.class).stream()
        .filter(failed -> !well.contains(failed.name()))
        .toList();
  }

  private <T> List<T> all(String folder, Class<T> type) throws IOException {
    List<T> all = new ArrayList<>();
    for (String key : store.list(files().home() + folder)) {
      all.add(CanonicalJson.read(new String(store.read(key), StandardCharsets.UTF_8), type));
    }
    return all;
  }
}
