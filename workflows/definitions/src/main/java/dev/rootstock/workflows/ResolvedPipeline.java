package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.TokensRef;
import java.util.Optional;

/**
 * A request with nothing left open: files pinned, every {@code auto} decided, every stage named by
 * its fingerprint.
 *
 * @param run the run's name
 * @param store URI of the store
 * @param growth the base to grow; empty exactly if {@code base} is given
 * @param base the registered model to start from
 * @param heldOut tokens to measure forgetting with, of a registered base; a grown one brings its
 *     own
 * @param jobs store key of the list of {@link FinetuneJob}s, one a line
 * @param finetunes how many lines
 * @param later test rows that came after the base's documents, if some did and these are known
 */
public record ResolvedPipeline(
    String run,
    String store,
    Optional<Growth> growth,
    Optional<ModelRef> base,
    Optional<TokensRef> heldOut,
    String jobs,
    int finetunes,
    Optional<LaterItems> later)
    implements HandedOn {}
