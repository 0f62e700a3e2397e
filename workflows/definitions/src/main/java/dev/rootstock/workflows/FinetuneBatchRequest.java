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
    @Default("{\"done\":0,\"failures\":[],\"failed\":0}") BatchResult done) {}
