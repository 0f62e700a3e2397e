package dev.rootstock.activities.request;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.Growth;
import dev.rootstock.workflows.LaterItems;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.ResolvedPipeline;
import java.util.List;
import java.util.Optional;

/**
 * A request with nothing left open, and nothing written yet.
 *
 * @param plan as the workflow will get it
 * @param corpus to be pinned; empty where a registered base is given
 * @param lists with it, what its documents are kept away from
 * @param tokenizer that is taken, not learned
 * @param items test rows of which the corpus is kept free
 * @param jobs a finetune each
 * @param shape of the base
 */
public record Resolution(
    PipelineRequest request,
    ResolvedPipeline plan,
    Optional<CorpusListing> corpus,
    Optional<BlockLists> lists,
    Optional<GivenTokenizer> tokenizer,
    ItemsPin.Choice items,
    List<FinetuneJob> jobs,
    ModelShape shape) {
  public Resolution {
    jobs = List.copyOf(jobs);
  }

  /** The plan, once the corpus is pinned and the list of jobs is written. */
  ResolvedPipeline written(
      Optional<CorpusRef> pinned,
      Optional<TestItemsRef> items,
      Optional<LaterItems> later,
      String jobsKey) {
    Optional<Growth> growth =
        plan.growth().map(grown -> pinned.map(ref -> with(grown, ref, items)).orElse(grown));
    return new ResolvedPipeline(
        plan.run(),
        plan.store(),
        growth,
        plan.base(),
        plan.heldOut(),
        jobsKey,
        plan.finetunes(),
        later);
  }

  private static Growth with(Growth growth, CorpusRef corpus, Optional<TestItemsRef> items) {
    return new Growth(
        growth.dataset().with(corpus, items),
        growth.base(),
        growth.pretrain(),
        growth.cadence(),
        growth.ancestor());
  }
}
