package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.store.Checkpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which checkpoints stay.
 *
 * @param last newest ones, at least 1
 * @param every steps: of each stretch so long, from the second on, the first checkpoint stays.
 *     Where checkpoints lie at multiples of it these are the ones
 * @param best step with the best held-out measure, which stays
 */
public record Keeping(int last, Optional<Long> every, Optional<Long> best) {
  /** What may go, of checkpoints sorted newest first. */
  List<Checkpoints.Saved> dropped(List<Checkpoints.Saved> saved) {
    Map<Long, Checkpoints.Saved> first = new HashMap<>();
    every.ifPresent(
        steps ->
            saved.forEach(each -> first.put(each.step() / steps, each))); // the oldest comes last
    first.remove(0L);
    List<Checkpoints.Saved> dropped = new ArrayList<>();
    for (Checkpoints.Saved old :
        saved.subList(Math.min(Math.max(1, last), saved.size()), saved.size())) {
      boolean isBest = best.isPresent() && best.get() == old.step();
      if (!isBest && !first.containsValue(old)) {
        dropped.add(old);
      }
    }
    return dropped;
  }
}
