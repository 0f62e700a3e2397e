package dev.rootstock.activities.request;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.report.JobLists;
import dev.rootstock.activities.report.RunFiles;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.LaterItems;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.RequestActivities;
import dev.rootstock.workflows.ResolvedPipeline;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link RequestActivities}: resolves, then writes what the run needs to find again. */
public final class StoreRequestActivities implements RequestActivities {
  private final OpenStores stores;
  private final RequestResolver resolver;
  private final JobLists lists;

  public StoreRequestActivities(OpenStores stores) {
    this.stores = stores;
    this.resolver = new RequestResolver(stores);
    this.lists = new JobLists(stores);
  }

  @Override
  public ResolvedPipeline resolve(PipelineRequest request) {
    return Failures.told(
        () ->
            request.failedOf().isPresent()
                ? new FailedJobs(stores.at(request.pipeline().store())).resolve(request)
                : write(resolver.resolve(request)));
  }

  private ResolvedPipeline write(Resolution resolution) throws IOException {
    String run = resolution.plan().run();
    ArtifactStore store = stores.at(resolution.plan().store());
    Optional<CorpusRef> corpus = Optional.empty();
    Optional<TestItemsRef> items = Optional.empty();
    if (resolution.corpus().isPresent()) {
      corpus = Optional.of(CorpusPin.pin(store, resolution.corpus().get(), run));
      CleaningSpec cleaning = resolution.plan().growth().orElseThrow().dataset().cleaning();
      items = new ItemsPin(store, corpus.get(), cleaning).pin(resolution.items().screened());
    }
    if (resolution.lists().isPresent()) {
      resolution.lists().get().keep(store);
    }
    if (resolution.tokenizer().isPresent()) {
      resolution.tokenizer().get().keep(store, run);
    }
    Optional<LaterItems> later = resolution.plan().later();
    if (later.isPresent()) {
      later = Optional.of(ItemsPin.listed(store, later.get(), resolution.items().later()));
    }
    RunFiles files = new RunFiles(store, run);
    files.put("request", ".json", CanonicalJson.pretty(resolution.request()));
    String lines =
        resolution.jobs().stream()
            .map(job -> CanonicalJson.write(job) + "\n")
            .collect(Collectors.joining());
    return resolution.written(corpus, items, later, files.put("jobs", ".jsonl", lines));
  }

  @Override
  public FinetuneJob job(String store, String jobs, int index) {
    return Failures.told(() -> lists.job(store, jobs, index));
  }
}
