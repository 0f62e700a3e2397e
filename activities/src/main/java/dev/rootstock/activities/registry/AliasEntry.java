package dev.rootstock.activities.registry;

import dev.rootstock.contract.HandedOn;
import java.time.Instant;

/**
 * Where an alias points from now on: {@code models/<name>/aliases/<alias>/000007.json}.
 *
 * @param reason the rule and its figures, or the person's words
 */
public record AliasEntry(long version, String run, String reason, Instant at) implements HandedOn {}
