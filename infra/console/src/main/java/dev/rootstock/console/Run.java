package dev.rootstock.console;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Problems;
import dev.rootstock.workflows.Reasons;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pipeline on a server. Thread-safe. */
public final class Run {
  static final String PREFIX = "pipeline/";

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
   * @throws Refused if it failed or was cancelled, with the reason
   */
  public Optional<PipelineResult> await(Duration patience) {
    try {
      return Optional.of(
          stub.getResult(patience.toMillis(), TimeUnit.MILLISECONDS, PipelineResult.class));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (WorkflowNotFoundException unknown) {
      throw new Refused(
          "run " + name + " is not on this server; rootstock runs list shows those of a store",
          unknown);
    } catch (WorkflowFailedException failed) {
      throw failure(failed);
    }
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
    return new Refused(
        "run "
            + name
            + " failed: "
            + Reasons.of(failed).replaceFirst(SHARED, "")
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
