package dev.rootstock.workflows;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.HandedOn;

/** A base that is whole, and what became of it. */
public record EnsuredBase(CheckpointRef checkpoint, StageOutcome outcome) implements HandedOn {}
