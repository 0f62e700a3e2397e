package dev.rootstock.workflows;

import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.pipeline.PromoteChoice;
import java.util.Optional;

/**
 * One finetune: line {@code index}, from 0, of a list of jobs. See {@link FinetuneBatchRequest}.
 */
public record FinetuneRequest(
    String store,
    String run,
    String pipeline,
    String jobs,
    int index,
    ModelRef base,
    Optional<TokensRef> heldOut,
    Optional<PromoteChoice> promote) {}
