package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.TaskType;
import java.util.Optional;

/**
 * One finetune, its twin from scratch if there is one, its registered model, and whether it was
 * promoted.
 */
public record FinetuneOutcome(
    String name,
    TaskType task,
    ModelRef model,
    Trained graft,
    Optional<Trained> scratch,
    Optional<Promotion> promotion)
    implements HandedOn {}
