package dev.rootstock.contract.engine;

import dev.rootstock.contract.CanonicalJson;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes an engine's progress to its standard output: the newest state once a period, whether or
 * not the work has moved, for a silent engine is taken for dead. Thread-safe.
 */
public final class ProgressLog implements AutoCloseable {
  private final PrintStream out;
  private final ScheduledExecutorService clock;
  private Progress newest;
  private String note;
  private long notes;

  /** Speaks every {@code period}. */
  public ProgressLog(PrintStream out, Duration period) {
    this.out = out;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleAtFixedRate(this::speak, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes note of where the work is; its own {@code note} fields are filled in here. */
  public synchronized void at(Progress progress) {
    newest = progress;
  }

  /** Tells something in words, at once, and again with each line until there is something newer. */
  public synchronized void tell(String words) {
    note = words;
    notes++;
    speak();
  }

  /** Writes a line that is no progress: the reply to a line of standard input. */
  public synchronized void reply(Record answer) {
    out.println(CanonicalJson.write(answer));
    out.flush();
  }

  private synchronized void speak() {
    if (newest == null) {
      return;
    }
    Progress line =
        new Progress(
            newest.stage(),
            newest.done(),
            newest.total(),
            newest.unit(),
            newest.loss(),
            newest.rate(),
            newest.perSecondOf(),
            newest.secondsLeft(),
            newest.checkpoint(),
            Optional.ofNullable(note),
            notes);
    out.println(CanonicalJson.write(line));
    out.flush();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    speak();
  }
}
