package dev.rootstock.console.cli;

import dev.rootstock.contract.engine.AdaptersBenchRun;
import dev.rootstock.contract.engine.TrainBenchOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Adapters together beside adapters one after another. Not thread-safe. */
final class AdaptersTable {
  private final TrainBenchOrder order;
  private final int adapters;
  private final List<Round> rounds = new ArrayList<>();

  AdaptersTable(TrainBenchOrder order, int adapters) {
    this.order = order;
    this.adapters = adapters;
  }

  /** Each adapter in a process of its own, then all in one. */
  record Round(List<AdaptersBenchRun> alone, AdaptersBenchRun together) {
    double sum(ToDoubleFunction<AdaptersBenchRun> figure) {
      return alone.stream().mapToDouble(figure).sum();
    }

    double ratio(ToDoubleFunction<AdaptersBenchRun> figure) {
      return figure.applyAsDouble(together) / sum(figure);
    }

    /** Most of all, over the most of any alone. */
    double memory() {
      double most = alone.stream().mapToLong(AdaptersBenchRun::peakBytes).max().orElse(0);
      return most == 0 ? 0 : together.peakBytes() / most;
    }

    boolean same() {
      List<String> one = alone.stream().flatMap(run -> run.learned().stream()).toList();
      return one.equals(together.learned());
    }

    double furthest() {
      double furthest = 0;
      for (int job = 0; job < alone.size(); job++) {
        List<Double> one = alone.get(job).losses().get(0);
        for (int step = 0; step < one.size(); step++) {
          double apart = one.get(step) - together.losses().get(job).get(step);
          furthest = Math.max(furthest, Math.abs(apart));
        }
      }
      return furthest;
    }
  }

  void add(Round round) {
    rounds.add(round);
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("adapters", adapters);
    tree.put("threads", order.threads());
    tree.put("parameters", order.shape().parameters());
    tree.put("trained", rounds.get(0).together().trained());
    tree.put("ratio", median(round -> round.ratio(AdaptersBenchRun::seconds)));
    tree.put("step_ratio", median(round -> round.ratio(AdaptersBenchRun::stepSeconds)));
    tree.put("cpu_ratio", median(round -> round.ratio(AdaptersBenchRun::cpuSeconds)));
    tree.put("memory_ratio", median(Round::memory));
    tree.put("same_to_the_bit", rounds.stream().allMatch(Round::same));
    tree.put("losses_apart", rounds.stream().mapToDouble(Round::furthest).max().orElse(0));
    tree.put("seconds_alone", median(round -> round.sum(AdaptersBenchRun::seconds)));
    tree.put("seconds_together", median(round -> round.together().seconds()));
    tree.put("step_seconds_alone", median(round -> round.sum(AdaptersBenchRun::stepSeconds)));
    tree.put("step_seconds_together", median(round -> round.together().stepSeconds()));
    tree.put("peak_memory_bytes_together", median(round -> round.together().peakBytes()));
    tree.put("backend", rounds.get(0).together().backend());
    return tree;
  }

  private double median(ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  @Override
  public String toString() {
    Map<String, Object> tree = tree();
    return String.format(
        Locale.ROOT,
        "%d adapters together take %.2f of the time of one after another (steps alone %.2f, CPU"
            + " seconds %.2f)%nand %.2f of the memory of one; both learned %s",
        adapters,
        tree.get("ratio"),
        tree.get("step_ratio"),
        tree.get("cpu_ratio"),
        tree.get("memory_ratio"),
        Boolean.TRUE.equals(tree.get("same_to_the_bit"))
            ? "the same to the bit"
            : "something else: losses are up to " + tree.get("losses_apart") + " apart");
  }
}
