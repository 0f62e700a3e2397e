package dev.rootstock.contract.engine;

import java.util.List;

/**
 * Verb {@code finetunes}: adapters of several finetunes over one base, learned together in one
 * process. Result: {@link FinetunesResult}.
 *
 * @param attempt whose store and threads hold for all; who pays is told by each job's own
 * @param jobs at least one, each with {@code finetune.lora}, all with one base and one numeric
 */
public record FinetunesOrder(Attempt attempt, List<FinetuneOrder> jobs) {
  public FinetunesOrder {
    jobs = List.copyOf(jobs);
  }
}
