package dev.rootstock.contract.engine;

import dev.rootstock.contract.LoraSpec;
import java.util.List;

/**
 * Verb {@code bench-adapters}: some jobs, each an adapter on one made-up base, learned together in
 * one process. Result: an {@link AdaptersBenchRun}.
 *
 * @param training shape, batch, steps and numbers of each job; its backend, exchange, text and
 *     ceiling are not looked at
 * @param tokens of a row at most; at least half as many
 * @param answers of them that are learned, the last of each row
 * @param jobs their numbers, from which their rows and first weights follow
 */
public record AdaptersBenchOrder(
    TrainBenchOrder training, LoraSpec lora, int tokens, int answers, List<Integer> jobs) {
  public AdaptersBenchOrder {
    jobs = List.copyOf(jobs);
  }
}
