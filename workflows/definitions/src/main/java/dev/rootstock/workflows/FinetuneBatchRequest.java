package dev.rootstock.workflows;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.pipeline.PromoteChoice;
import java.util.Optional;

/**
 * Finetunes {@code from} (inclusive) to {@code to} (exclusive) of a list of jobs.
 *
 * @param pipeline name that the finetunes' models are registered under, with their own behind a
 *     hyphen
 * @param jobs store key of the list of {@link FinetuneJob}s
 * @param window most that run at once
 * @param base model to graft on
 * @param heldOut tokens to measure forgetting with
 * @param events most that one history gets before the workflow goes on as new; here, for a replay
 *     must find what was decided
 * @param done carried along when the workflow continues as new
 */
public record FinetuneBatchRequest(
    String store,
    String run,
    String pipeline,
    String jobs,
    int from,
    int to,
    int window,
    ModelRef base,
    Optional<TokensRef> heldOut,
    Optional<PromoteChoice> promote,
    @Default("4096") int events,
    @Default("{\"done\":0,\"failures\":[],\"failed\":0}") BatchResult done) {
  /** What is left once {@code done} went before. */
  FinetuneBatchRequest from(int next, BatchResult done) {
    return new FinetuneBatchRequest(
        store, run, pipeline, jobs, next, to, window, base, heldOut, promote, events, done);
  }

  /** One of them. */
  FinetuneRequest job(int index) {
    return new FinetuneRequest(store, run, pipeline, jobs, index, base, heldOut, promote);
  }
}
