package dev.rootstock.activities.engine;

import dev.rootstock.activities.attach.Lease;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Series;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Gives up on a training that five attempts in a row have not carried beyond one checkpoint. */
final class NoProgress {
  static final String KIND = "NoProgress";

  private static final int ATTEMPTS = 5;

  private NoProgress() {}

  /**
   * Looks before the next attempt. Attempts that left in good order wipe the slate, and so does
   * giving up.
   *
   * @throws Hopeless of kind {@code NoProgress}
   */
  static void check(Checkpoints checkpoints, Series<Lease> leases) throws IOException {
    List<Lease> entries = leases.all().stream().map(Series.Entry::value).toList();
    Instant since =
        entries.stream()
            .filter(entry -> entry.state() == Lease.State.DRAINED)
            .map(Lease::at)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    List<Long> claimed =
        checkpoints.claims().all().stream()
            .map(Series.Entry::value)
            .filter(claim -> claim.at().isAfter(since))
            .map(Claim::resumeFrom)
            .toList();
    List<Long> failed =
        entries.stream()
            .filter(entry -> entry.state() == Lease.State.FAILED && entry.at().isAfter(since))
            .map(entry -> entry.step().orElse(0L))
            .toList();
    if (stuck(claimed) || stuck(failed)) {
      List<Long> steps = stuck(claimed) ? claimed : failed;
      throw new Hopeless(
          KIND,
          ATTEMPTS
              + " attempts in a row began at step "
              + steps.get(steps.size() - 1)
              + " and none saved a later one; see the log, then start it again");
    }
  }

  private static boolean stuck(List<Long> steps) {
    return steps.size() >= ATTEMPTS
        && steps.subList(steps.size() - ATTEMPTS, steps.size()).stream().distinct().count() == 1;
  }
}
