package dev.rootstock.console;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Problems;
import dev.rootstock.workflows.Reasons;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pipeline on a server. Thread-safe. */
public final class Run {
  static final String PREFIX = "pipeline/";

  private static final String UNFIT = "BadCorpus: ";

  private static final Set<Status.Code> PASSING =
      EnumSet.of(
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.CANCELLED);

  /** What a failure of a stage begins with that other runs wait for too. */
  private static final String SHARED = "^SharedStageFailed: \\S+ ended: ";

  private final String name;
  private final WorkflowClient client;
  private final WorkflowStub stub;

  Run(WorkflowClient client, String name) {
    this.name = name;
    this.client = client;
    this.stub = client.newUntypedWorkflowStub(PREFIX + name);
  }

  public String name() {
    return name;
  }

  public RunWatch watch() {
    return new RunWatch(client, PREFIX + name);
  }

  /**
   * Waits for the end.
   *
   * @return empty if it has not come within {@code patience}
   * @throws InvalidConfig if the pipeline itself is wrong
   * @throws UnfitCorpus if its corpus leaves nothing to learn from
   * @throws Refused if it failed or was cancelled, with the reason
   */
  public Optional<PipelineResult> await(Duration patience) {
    try {
      return Optional.of(
          stub.getResult(patience.toMillis(), TimeUnit.MILLISECONDS, PipelineResult.class));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (WorkflowServiceException slow) {
      if (isPassing(slow)) {
        return Optional.empty();
      }
      throw slow;
    } catch (WorkflowNotFoundException unknown) {
      throw new Refused(
          "run " + name + " is not on this server; rootstock runs list shows those of a store",
          unknown);
    } catch (WorkflowFailedException failed) {
      throw failure(failed);
    }
  }

  /**
   * A server that is slow or away for a moment; the run goes on meanwhile, and the next look may
   * succeed.
   */
  private static boolean isPassing(WorkflowServiceException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return PASSING.contains(status.getStatus().getCode());
      }
    }
    return false;
  }

  private RuntimeException failure(WorkflowFailedException failed) {
    if (Reasons.cancelled(failed)) {
      return new Refused("run " + name + " was cancelled; what it finished stays", failed);
    }
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof ApplicationFailure fault && Problems.INVALID.equals(fault.getType())) {
      Problems problems =
          fault.getDetails().getSize() > 0 ? fault.getDetails().get(Problems.class) : null;
      if (problems != null && !problems.problems().isEmpty()) {
        return new InvalidConfig(problems.problems());
      }
    }
    String reason = Reasons.of(failed).replaceFirst(SHARED, "");
    if (reason.startsWith(UNFIT)) {
      return new UnfitCorpus("run " + name + ": " + reason + "\nNothing was trained.", failed);
    }
    return new Refused(
        "run "
            + name
            + " failed: "
            + reason
            + "\nWhat its engines wrote: rootstock runs logs "
            + name,
        failed);
  }

  /** Asks the run to stop; shared stages that others wait for go on. */
  public void cancel() {
    try {
      stub.cancel();
    } catch (WorkflowNotFoundException unknown) {
      throw new Refused("run " + name + " is not under way on this server", unknown);
    }
  }
}
