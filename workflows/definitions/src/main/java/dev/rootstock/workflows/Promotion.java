package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;

/**
 * A decision about an alias.
 *
 * @param model {@code NAME@VERSION} that was judged
 * @param promoted whether the alias now points to it
 * @param reason the rule and the figures it compared
 */
public record Promotion(String alias, String model, boolean promoted, String reason)
    implements HandedOn {}
