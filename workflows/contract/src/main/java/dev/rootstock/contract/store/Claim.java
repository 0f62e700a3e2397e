package dev.rootstock.contract.store;

import dev.rootstock.contract.HandedOn;
import java.time.Instant;

/**
 * An attempt's announcement that it trains a fingerprint now, {@code
 * checkpoints/<fp>/claims/000007.json}. The attempt with the highest number holds; an older one
 * that is still alive finds out before its next checkpoint and stops.
 *
 * @param resumeFrom the step it goes on from; 0 from the beginning. A checkpoint of an older claim
 *     counts only up to it
 */
public record Claim(String run, String host, long process, int attempt, long resumeFrom, Instant at)
    implements HandedOn {}
