package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/**
 * What the trainings of a {@link WeighOrder} need.
 *
 * @param bytes of each, in the order's order
 * @param free bytes that a training could have now
 */
public record Weighed(List<Long> bytes, long free) implements HandedOn {
  public Weighed {
    bytes = List.copyOf(bytes);
  }
}
