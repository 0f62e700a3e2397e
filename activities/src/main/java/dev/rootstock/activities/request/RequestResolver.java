package dev.rootstock.activities.request;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.registry.Lineage;
import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.pipeline.PretrainChoice;
import dev.rootstock.contract.pipeline.TokenizerChoice;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.Growth;
import dev.rootstock.workflows.LaterItems;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.ResolvedPipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a request definite by reading alone: what {@code plan} shows, what is checked before
 * anything starts, and what a run begins with. Everything wrong is told at once. Thread-safe.
 */
public final class RequestResolver {
  private final OpenStores stores;
  private final FileFinder files;
  private final CorpusFinder corpora;
  private final TaskFinder tasks;

  public RequestResolver(OpenStores stores) {
    this.stores = stores;
    this.files = new FileFinder(stores);
    this.corpora = new CorpusFinder(files);
    this.tasks = new TaskFinder(files);
  }

  /**
   * Decides everything.
   *
   * @param request its {@code run} must be given
   * @throws InvalidConfig with every problem found; paths are those of the pipeline, {@code
   *     finetunes.0.data}
   */
  public Resolution resolve(PipelineRequest request) throws IOException {
    PipelineSpec pipeline = request.pipeline();
    String run = request.run().orElseThrow();
    Check check = new Check().name("run", run);
    Optional<ArtifactStore> store = open(pipeline.store(), check);
    Optional<CorpusListing> corpus = Optional.empty();
    Optional<BlockLists> lists = Optional.empty();
    if (pipeline.corpus().isPresent()) {
      corpus = Optional.of(corpora.find(pipeline.corpus().get(), check));
      lists = Optional.of(BlockLists.find(files, pipeline.corpus().get().clean(), check));
    }
    Optional<ModelVersion> given =
        store.isPresent() && pipeline.base().isPresent()
            ? given(store.get(), pipeline.base().get(), check)
            : Optional.empty();
    Optional<String> from = pipeline.tokenizer().flatMap(TokenizerChoice::from);
    Optional<GivenTokenizer> tokenizer =
        store.isPresent() && from.isPresent()
            ? GivenTokenizer.find(store.get(), "tokenizer.from", from.get(), check)
            : Optional.empty();
    Optional<GivenAncestor> ancestor =
        store.isPresent() && pipeline.pretrain().flatMap(PretrainChoice::from).isPresent()
            ? GivenAncestor.find(store.get(), pipeline.pretrain().get(), check)
            : Optional.empty();
    List<Optional<TaskFinder.Found>> found = new ArrayList<>();
    for (int i = 0; i < pipeline.finetunes().size(); i++) {
      found.add(tasks.find("finetunes." + i, pipeline.finetunes().get(i), check));
    }
    if (store.isPresent() && RunName.taken(store.get(), run, pipeline)) {
      check.that(
          false,
          "run",
          "\"" + run + "\", under which another pipeline ran",
          "a name of its own",
          "Leave it out.");
    }
    check.done();
    return given.isPresent()
        ? graft(request, run, store.orElseThrow(), given.get(), found)
        : grow(
            request,
            run,
            store.orElseThrow(),
            corpus.orElseThrow(),
            lists.orElseThrow(),
            ancestor.map(GivenAncestor::tokenizer).or(() -> tokenizer),
            ancestor,
            found);
  }

  private Optional<ArtifactStore> open(String place, Check check) {
    try {
      return Optional.of(stores.at(place));
    } catch (InvalidConfig refused) {
      check.addAll(refused.problems());
    } catch (IOException unreachable) {
      check.that(
          false,
          "store",
          "\"" + place + "\" (" + unreachable.getMessage() + ")",
          "a store that can be reached");
    }
    return Optional.empty();
  }

  private static Optional<ModelVersion> given(ArtifactStore store, String reference, Check check)
      throws IOException {
    try {
      return Optional.of(new ModelRegistry(store).require("base", reference));
    } catch (InvalidConfig unknown) {
      check.addAll(unknown.problems());
      return Optional.empty();
    }
  }

  private static Resolution grow(
      PipelineRequest request,
      String run,
      ArtifactStore store,
      CorpusListing corpus,
      BlockLists lists,
      Optional<GivenTokenizer> tokenizer,
      Optional<GivenAncestor> ancestor,
      List<Optional<TaskFinder.Found>> found)
      throws IOException {
    PipelineSpec pipeline = request.pipeline();
    CorpusRef pinned = CorpusPin.ref(store, corpus);
    ItemsPin items = new ItemsPin(store, pinned, lists.cleaning());
    ItemsPin.Choice choice = items.choose(items(pipeline, found));
    Growth growth =
        Names.growth(
            store.root().toString(),
            run,
            pipeline,
            lists.cleaning(),
            pinned,
            items.ref(choice.screened()),
            tokenizer,
            ancestor.map(GivenAncestor::ancestor));
    if (ancestor.isPresent() && ancestor.get().hasSeen(growth.dataset().tokens())) {
      return graft(request, run, store, ancestor.get().version(), found);
    }
    ModelShape shape = growth.pretrain().shape();
    Jobs jobs =
        new Jobs(growth.base(), growth.dataset().tokenizer(), shape, growth.pretrain().numeric());
    return resolution(
        request,
        run,
        store,
        Optional.of(growth),
        Optional.empty(),
        Optional.empty(),
        Optional.of(corpus),
        Optional.of(lists),
        tokenizer,
        choice,
        Later.of(pipeline, choice.later(), growth.dataset().documents(), Optional.empty()),
        jobs,
        found);
  }

  private static TestItems items(PipelineSpec pipeline, List<Optional<TaskFinder.Found>> found) {
    return TaskFinder.items(
        pipeline.finetunes(), found.stream().map(Optional::orElseThrow).toList());
  }

  private static Resolution graft(
      PipelineRequest request,
      String run,
      ArtifactStore store,
      ModelVersion base,
      List<Optional<TaskFinder.Found>> found)
      throws IOException {
    Fingerprint fingerprint = base.checkpoint().fingerprint();
    Lineage lineage = new Lineage(store, fingerprint);
    Numeric numeric = lineage.numeric();
    Optional<DocumentsRef> documents = lineage.documents();
    List<String> covered = lineage.items();
    List<TestItems.Task> later =
        items(request.pipeline(), found).tasks().stream()
            .filter(task -> !covered.contains(task.fingerprint().hex()))
            .toList();
    Jobs jobs =
        new Jobs(fingerprint, base.checkpoint().tokenizer(), base.checkpoint().shape(), numeric);
    return resolution(
        request,
        run,
        store,
        Optional.empty(),
        Optional.of(base.ref()),
        lineage.tokens(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new ItemsPin.Choice(TestItems.NONE, later),
        documents.flatMap(
            made -> Later.of(request.pipeline(), later, made.fingerprint(), Optional.of(made))),
        jobs,
        found);
  }

  private static Resolution resolution(
      PipelineRequest request,
      String run,
      ArtifactStore store,
      Optional<Growth> growth,
      Optional<ModelRef> base,
      Optional<TokensRef> heldOut,
      Optional<CorpusListing> corpus,
      Optional<BlockLists> lists,
      Optional<GivenTokenizer> tokenizer,
      ItemsPin.Choice items,
      Optional<LaterItems> later,
      Jobs maker,
      List<Optional<TaskFinder.Found>> found) {
    PipelineSpec pipeline = request.pipeline();
    List<FinetuneJob> jobs = new ArrayList<>();
    Check check = new Check();
    for (int i = 0; i < found.size(); i++) {
      try {
        jobs.add(
            maker.job(
                pipeline.finetunes().get(i), found.get(i).orElseThrow(), pipeline.evaluate()));
      } catch (InvalidConfig wrong) {
        String path = "finetunes." + i;
        check.addAll(
            wrong.problems().stream().map((Problem problem) -> problem.under(path)).toList());
      }
    }
    check.done();
    ResolvedPipeline plan =
        new ResolvedPipeline(
            run,
            store.root().toString(),
            growth,
            base,
            heldOut,
            RunName.home(run) + "jobs.jsonl",
            jobs.size(),
            later);
    return new Resolution(request, plan, corpus, lists, tokenizer, items, jobs, maker.shape());
  }
}
