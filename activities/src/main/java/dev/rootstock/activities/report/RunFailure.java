package dev.rootstock.activities.report;

import dev.rootstock.contract.HandedOn;

/**
 * A finetune that failed: {@code runs/<run>/failures/<name>.json}. {@code index}: its line in the
 * list of jobs, from 0.
 */
public record RunFailure(String name, int index, String reason) implements HandedOn {}
