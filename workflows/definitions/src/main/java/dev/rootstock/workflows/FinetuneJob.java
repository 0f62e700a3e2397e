package dev.rootstock.workflows;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.PinnedFile;
import java.util.List;
import java.util.Optional;

/**
 * One line of a run's list of jobs.
 *
 * @param name of the finetune
 * @param graft the fingerprint it will have on the run's base
 * @param data where its files lie
 * @param test where its test files lie
 * @param twin the same task from random weights, to compare with
 */
public record FinetuneJob(
    String name,
    Fingerprint graft,
    FinetuneSpec finetune,
    List<PinnedFile> data,
    List<PinnedFile> test,
    Optional<Twin> twin)
    implements HandedOn {
  public FinetuneJob {
    data = List.copyOf(data);
    test = List.copyOf(test);
  }

  /** A training from scratch and its fingerprint. */
  public record Twin(Fingerprint fingerprint, FinetuneSpec finetune) implements HandedOn {}
}
