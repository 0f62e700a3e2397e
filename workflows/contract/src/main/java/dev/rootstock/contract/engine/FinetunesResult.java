package dev.rootstock.contract.engine;

import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import java.util.List;
import java.util.Optional;

/**
 * What became of each job of a {@link FinetunesOrder}.
 *
 * @param jobs in the order's order
 */
public record FinetunesResult(List<Job> jobs) implements HandedOn {
  public FinetunesResult {
    jobs = List.copyOf(jobs);
  }

  /**
   * One job, done or failed.
   *
   * @param result what {@code finetune} would have answered; it is in the store
   * @param failure given exactly where there is no result. Its kind is {@link #BROKEN} where
   *     another attempt may succeed
   */
  public record Job(
      Fingerprint fingerprint, Optional<FinetuneResult> result, Optional<Failure> failure)
      implements HandedOn {
    /** Neither the order nor its data is known to be at fault. */
    public static final String BROKEN = "Broken";
  }
}
