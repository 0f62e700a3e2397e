package dev.rootstock.workflows;

import dev.rootstock.contract.DatasetRef;
import dev.rootstock.contract.HandedOn;
import java.util.List;

/** A dataset that is whole, and what became of its three stages. */
public record EnsuredDataset(DatasetRef dataset, List<StageOutcome> outcomes) implements HandedOn {
  public EnsuredDataset {
    outcomes = List.copyOf(outcomes);
  }
}
