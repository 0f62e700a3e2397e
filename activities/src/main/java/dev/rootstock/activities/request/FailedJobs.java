package dev.rootstock.activities.request;

import dev.rootstock.activities.registry.Lineage;
import dev.rootstock.activities.report.RunFailure;
import dev.rootstock.activities.report.RunFiles;
import dev.rootstock.activities.report.RunRecord;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.ResolvedPipeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an earlier run left undone: its jobs that failed, on the base it grew, pinned as then. */
final class FailedJobs {
  private final ArtifactStore store;

  FailedJobs(ArtifactStore store) {
    this.store = store;
  }

  /**
   * The plan of a run over them; their list is written.
   *
   * @throws InvalidConfig if that run has not ended, or none of its finetunes failed
   */
  ResolvedPipeline resolve(PipelineRequest request) throws IOException {
    String earlier = request.failedOf().orElseThrow();
    String run = request.run().orElseThrow();
    new Check().name("run", run).name("failedOf", earlier).done();
    if (RunName.taken(store, run, request) || run.equals(earlier)) {
      throw new InvalidConfig(
          Problem.of("run", "\"" + run + "\", which is another's", "a name of its own"));
    }
    RunRecord record = new RunRecord(store, earlier);
    Optional<PipelineResult> result = record.result();
    if (result.isEmpty()) {
      throw new InvalidConfig(
          Problem.of(
              "failedOf",
              "\"" + earlier + "\", which has not come to a result",
              "a run whose finetunes all ended",
              "Start its file again: what is finished is found."));
    }
    Set<String> failed =
        record.failures().stream().map(RunFailure::name).collect(Collectors.toSet());
    List<String> lines =
        new RunFiles(store, earlier)
            .read("jobs", ".jsonl")
            .orElse("")
            .lines()
            .filter(line -> failed.contains(CanonicalJson.read(line, FinetuneJob.class).name()))
            .toList();
    if (lines.isEmpty()) {
      throw new InvalidConfig(
          Problem.of(
              "failedOf",
              "\"" + earlier + "\", of which no finetune failed",
              "a run with finetunes that failed"));
    }
    RunFiles files = new RunFiles(store, run);
    files.put("request", ".json", CanonicalJson.pretty(request));
    ModelRef base = result.get().base();
    return new ResolvedPipeline(
        run,
        store.root().toString(),
        Optional.empty(),
        Optional.of(base),
        new Lineage(store, base.checkpoint().fingerprint()).tokens(),
        files.put("jobs", ".jsonl", String.join("\n", lines) + "\n"),
        lines.size(),
        Optional.empty());
  }
}
