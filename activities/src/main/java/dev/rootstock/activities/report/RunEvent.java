package dev.rootstock.activities.report;

import dev.rootstock.contract.HandedOn;
import java.time.Instant;

/**
 * Something that happened to a run: {@code runs/<run>/events/000001.json}.
 *
 * @param stage {@code pipeline}, {@code base}, a finetune's name
 * @param what in words
 * @param by the step that said so, so that saying it twice counts once
 */
public record RunEvent(String stage, String what, Instant at, String by) implements HandedOn {}
