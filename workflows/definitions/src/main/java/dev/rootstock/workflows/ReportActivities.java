package dev.rootstock.workflows;

import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ReportRef;
import dev.rootstock.contract.Screening;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** Port: what a run leaves for people. Calling twice writes once. */
@ActivityInterface(namePrefix = "Report.")
public interface ReportActivities {
  /** Adds an event to a run's record: a stage began, was made, reused, failed. */
  void event(String store, String run, String stage, String what);

  /** Enters what stages took, or saved, into the ledger. */
  void enter(String store, String run, List<StageOutcome> outcomes);

  /** Keeps beside the run what the base's documents hold of test rows that came later. */
  void screened(String store, String run, LaterItems later, Screening screening);

  /** Keeps a finetune's outcome beside the run. */
  void keep(String store, String run, FinetuneOutcome outcome);

  /** Keeps why finetune {@code name} failed beside the run, and adds it to the run's events. */
  void keepFailure(String store, String run, String name, int index, String reason);

  /**
   * The same for one of a long list, whose failures are not among the run's events.
   *
   * @return its name
   */
  String keepFailureOf(FinetuneRequest request, String reason);

  /** Writes the run's report, from what is recorded. */
  ReportRef write(
      String store,
      String run,
      ModelRef base,
      List<StageOutcome> outcomes,
      BatchResult finetunes,
      Optional<Promotion> promotion);
}
