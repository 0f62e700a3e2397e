package dev.rootstock.activities.engine;

import dev.rootstock.activities.attach.Lease;
import dev.rootstock.activities.attach.Leases;
import dev.rootstock.contract.engine.Progress;
import io.temporal.activity.ActivityExecutionContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One attempt at what all who share the store need once: waits while another cluster makes it, else
 * makes it under lease.
 *
 * @param owner all attempts of one workflow execution
 */
record Stint(ActivityExecutionContext context, Leases leases, String owner, String run) {
  static Stint of(ActivityExecutionContext context, Leases leases, String run) {
    return new Stint(
        context,
        leases,
        context.getInfo().getWorkflowId() + "/" + context.getInfo().getWorkflowRunId(),
        run);
  }

  /** Reads a result if it is there. */
  interface Found<T> {
    Optional<T> look() throws IOException;
  }

  /** How far a training has come; empty for what can not be resumed. */
  interface Saved {
    Optional<Long> step() throws IOException;
  }

  /** What is found, by and by, or made. */
  <T> T findOrMake(Found<T> found, Saved saved, Callable<T> make) throws Exception {
    while (true) {
      Optional<T> there = found.look();
      if (there.isPresent()) {
        return there.get();
      }
      Leases.Answer answer = leases.take(owner, run);
      if (answer.held().isPresent()) {
        return under(answer.held().get(), saved, make);
      }
      String words = "waiting for " + answer.other().orElseThrow().holder();
      context.heartbeat(Progress.of(words));
      Thread.sleep(Math.min(2000, leases.term().toMillis() / 10));
    }
  }

  private static <T> T under(Leases.Held lease, Saved saved, Callable<T> make) throws Exception {
    try {
      T made = make.call();
      lease.close();
      return made;
    } catch (Exception end) {
      lease.release(
          Leave.wipesTheSlate(end) ? Lease.State.DRAINED : Lease.State.FAILED, saved.step());
      throw end;
    }
  }
}
