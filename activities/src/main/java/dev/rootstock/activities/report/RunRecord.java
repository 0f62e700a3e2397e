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
import java.util.Set;
import java.util.TreeSet;

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

  /** How many finetunes it was to make. */
  int wanted() throws IOException {
    Optional<PipelineResult> result = result();
    if (result.isPresent()) {
      return result.get().finetunes().done() + result.get().finetunes().failed();
    }
    return (int) files().read("jobs", ".jsonl").stream().flatMap(String::lines).count();
  }

  /** Names of the finetunes that ended well; nothing is read but names. */
  public Set<String> done() throws IOException {
    String home = files().home() + "finetunes/";
    Set<String> names = new TreeSet<>();
    for (String key : store.list(home)) {
      names.add(key.substring(home.length()).replaceFirst("\\.json$", ""));
    }
    return names;
  }

  /** Finetunes that ended well, by name. */
  public List<FinetuneOutcome> finetunes() throws IOException {
    return all("finetunes/", FinetuneOutcome.class);
  }

  /** Finetunes that ended badly and have not ended well since, by name. */
  public List<RunFailure> failures() throws IOException {
    Set<String> well = done();
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
