package dev.rootstock.workflows;

import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.pipeline.PromoteChoice;
import java.util.Optional;

/**
 * A model to be judged.
 *
 * @param task what it is for; a base is judged as a language model
 * @param scores its own
 * @param scratch its twin's from scratch
 * @param base the untouched base's
 */
public record PromoteRequest(
    String store,
    String run,
    ModelRef model,
    PromoteChoice rule,
    TaskType task,
    Scores scores,
    Optional<Scores> scratch,
    Optional<Scores> base) {}
