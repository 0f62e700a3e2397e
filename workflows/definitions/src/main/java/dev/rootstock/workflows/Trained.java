package dev.rootstock.workflows;

import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.HandedOn;

/** A finetune, or its twin from scratch, that is whole, and what became of it. */
public record Trained(FinetuneResult result, StageOutcome outcome) implements HandedOn {}
