package dev.rootstock.activities.attach;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Who makes one artifact, among all who share its store: taken by creating the next entry of a
 * series, which one alone can. Fences nothing by itself; it saves work, and a training's claims
 * keep its checkpoints apart. Thread-safe.
 *
 * @param term how long a silent holder keeps others out; it speaks three times as often
 */
public record Leases(ArtifactStore store, Stage stage, Fingerprint fingerprint, Duration term) {
  private static final int RENEWALS = 3; // a term

  public Series<Lease> entries() {
    return new Series<>(
        store, "leases/" + CanonicalJson.word(stage) + "-" + fingerprint.hex(), Lease.class);
  }

  /** Takes the lease, or tells who has it. */
  public Answer take(String owner, String run) throws IOException {
    while (true) {
      Optional<Series.Entry<Lease>> latest = entries().latest();
      if (latest.isPresent() && latest.get().value().keepsOut(owner, Instant.now())) {
        return new Answer(Optional.empty(), latest.map(Series.Entry::value));
      }
      long next = latest.map(Series.Entry::number).orElse(0L) + 1;
      if (entries().offer(next, entry(Lease.State.HELD, owner, run, Optional.empty()))) {
        return new Answer(Optional.of(new Held(owner, run, next)), Optional.empty());
      }
    }
  }

  /** The lease, or who has it. */
  public record Answer(Optional<Held> held, Optional<Lease> other) {}

  private Lease entry(Lease.State state, String owner, String run, Optional<Long> step) {
    ProcessHandle self = ProcessHandle.current();
    Instant now = Instant.now();
    return new Lease(
        state, owner, run, Host.here(), self.pid(), Host.began(self), now, now.plus(term), step);
  }

  /** A lease that is kept alive until it is given back. */
  public final class Held implements AutoCloseable {
    private final String owner;
    private final String run;
    private final ScheduledExecutorService clock;
    private long number;
    private boolean lost;

    private Held(String owner, String run, long number) {
      this.owner = owner;
      this.run = run;
      this.number = number;
      this.clock =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "lease");
                thread.setDaemon(true);
                return thread;
              });
      long period = term.toMillis() / RENEWALS;
      clock.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    private synchronized void renew() {
      try {
        say(Lease.State.HELD, Optional.empty());
      } catch (IOException unreachable) {
        // tried again within the term; a scheduled task that throws would not be
      }
    }

    /** Ends the lease, saying why. */
    public synchronized void release(Lease.State state, Optional<Long> step) throws IOException {
      clock.shutdownNow();
      say(state, step);
      lost = true;
    }

    /** Adds an entry in place of one's own last, which is then of no use. */
    private void say(Lease.State state, Optional<Long> step) throws IOException {
      if (lost) {
        return;
      }
      if (!entries().offer(number + 1, entry(state, owner, run, step))) {
        lost = true; // somebody took this holder for gone
        return;
      }
      store.delete(
          String.format(java.util.Locale.ROOT, "%s/%06d.json", entries().prefix(), number));
      number++;
    }

    @Override
    public synchronized void close() {
      try {
        release(Lease.State.RELEASED, Optional.empty());
      } catch (IOException unreachable) {
        // it expires
      }
    }
  }
}
