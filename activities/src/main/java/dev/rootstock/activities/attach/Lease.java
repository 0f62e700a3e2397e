package dev.rootstock.activities.attach;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.HandedOn;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of {@code leases/<stage>-<fp>/}: somebody makes this now, or has ceased to. The highest
 * number holds.
 *
 * @param owner the workflow execution whose attempts take over from one another
 * @param run that pays
 * @param process number of the worker's process
 * @param began when that process did, where the system tells
 * @param expires when a silent holder is taken for gone
 * @param step newest saved step when an attempt failed, of a training
 */
public record Lease(
    State state,
    String owner,
    String run,
    String host,
    long process,
    Optional<Instant> began,
    Instant at,
    Instant expires,
    Optional<Long> step)
    implements HandedOn {
  /** What the entry says. */
  public enum State {
    HELD,
    /** Made, or given back unmade. */
    RELEASED,
    /** An attempt broke. */
    FAILED,
    /** An attempt was asked to leave, and what failed before it no longer counts. */
    DRAINED
  }

  /** Whether anybody but {@code asking} must wait. */
  boolean keepsOut(String asking, Instant now) {
    return state == State.HELD && !owner.equals(asking) && now.isBefore(expires) && !dead();
  }

  /** Only a process of this machine can be known to be dead. */
  private boolean dead() {
    if (!host.equals(Host.here())) {
      return false;
    }
    Optional<ProcessHandle> there = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
    return there.isEmpty() || (began.isPresent() && !began.equals(Host.began(there.get())));
  }

  /** For people: {@code run support on host alpha}. */
  public String holder() {
    return "run " + run + " on host " + host;
  }
}
