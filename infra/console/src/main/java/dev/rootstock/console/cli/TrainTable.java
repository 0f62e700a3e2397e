package dev.rootstock.console.cli;

import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What came of a timed training. A step's time is the median over the runs of each run's median; a
 * ratio is the median of the ratios of runs that followed one another.
 *
 * @param eager empty, or one for each of ours
 * @param compiled the same
 * @param loads of the machine before each run; negative where it is not known
 * @param peak of the machine in GFLOP/s, else the measured products are the bound
 */
record TrainTable(
    TrainBenchOrder order,
    List<TrainBenchRun> ours,
    List<TrainBenchRun> eager,
    List<TrainBenchRun> compiled,
    List<Double> loads,
    Optional<Double> peak) {
  private static final String FORMULA =
      "6 x weights in products + 6 x layers x width x context, a token";

  /** Everything, for programs. */
  Map<String, Object> tree() {
    Map<String, Object> tree = side(ours);
    tree.put("flops_per_token", order.shape().trainingFlopsPerToken());
    tree.put("flops_formula", FORMULA);
    tree.put("flops_per_s", flops());
    tree.put("sgemm_flops_per_s", bound());
    tree.put("share_of_sgemm", flops() / bound());
    tree.put("peak_flops_per_s", peakFlops());
    tree.put("mfu", flops() / peakFlops());
    tree.put("products", ours.get(0).products());
    tree.put("group_shares", groups());
    tree.put("shape", order.shape());
    tree.put("batch", order.batch());
    tree.put("steps", order.steps());
    tree.put("warmup", order.warmup());
    tree.put("load_averages", loads);
    peer(tree, "torch", eager);
    peer(tree, "torch_compile", compiled);
    tree.put("run_seconds", ours.stream().map(TrainBenchRun::seconds).toList());
    return tree;
  }

  private void peer(Map<String, Object> tree, String name, List<TrainBenchRun> runs) {
    if (!runs.isEmpty()) {
      Map<String, Object> side = side(runs);
      side.put("times_as_fast_as", ratio(runs));
      side.put("largest_loss_difference", lossDifference(runs));
      side.put("run_seconds", runs.stream().map(TrainBenchRun::seconds).toList());
      tree.put(name, side);
    }
  }

  private Map<String, Object> side(List<TrainBenchRun> runs) {
    TrainBenchRun first = runs.get(0);
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("tokens_per_s", tokens() / step(runs));
    side.put("median_step_s", step(runs));
    side.put("loss", first.losses().get(first.losses().size() - 1));
    side.put("parameters", first.parameters());
    side.put("peak_memory_bytes", memory(runs));
    side.put("backend", first.backend());
    side.put("threads", first.threads());
    side.put("runs", runs.size());
    side.put("losses", first.losses());
    return side;
  }

  private long tokens() {
    return (long) order.batch() * order.shape().context();
  }

  private static double median(List<TrainBenchRun> runs, ToDoubleFunction<TrainBenchRun> figure) {
    return Median.of(runs.stream().mapToDouble(figure).toArray());
  }

  private static double step(List<TrainBenchRun> runs) {
    return median(runs, run -> Median.of(run.seconds()));
  }

  private static long memory(List<TrainBenchRun> runs) {
    return runs.stream().mapToLong(TrainBenchRun::peakBytes).max().orElse(0);
  }

  private double flops() {
    return order.shape().trainingFlopsPerToken() * tokens() / step(ours);
  }

  /** Of the products alone: what a step could do if all else were free. */
  private double bound() {
    return median(ours, TrainBenchRun::productFlopsPerSecond);
  }

  private double peakFlops() {
    return peak.map(gigaflops -> gigaflops * 1e9).orElseGet(this::bound);
  }

  private Map<String, Double> groups() {
    Map<String, Double> sums = new TreeMap<>();
    ours.forEach(
        run -> run.groups().forEach((group, time) -> sums.merge(group, time, Double::sum)));
    double whole = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    sums.replaceAll((group, time) -> time / whole);
    return sums;
  }

  private double ratio(List<TrainBenchRun> others) {
    double[] ratios = new double[others.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Median.of(others.get(i).seconds()) / Median.of(ours.get(i).seconds());
    }
    return Median.of(ratios);
  }

  private double lossDifference(List<TrainBenchRun> others) {
    double largest = 0;
    for (int i = 0; i < order.all(); i++) {
      double difference = ours.get(0).losses().get(i) - others.get(0).losses().get(i);
      largest = Math.max(largest, Math.abs(difference));
    }
    return largest;
  }

  @Override
  public String toString() {
    Table table =
        new Table("", "step", "tokens/s", "GFLOP/s", "memory", "last loss", "rootstock is");
    row(table, "rootstock", ours, "");
    row(table, "torch", eager, times(eager));
    row(table, "torch.compile", compiled, times(compiled));
    StringBuilder text = new StringBuilder(table.toString());
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s; %s parameters, %d tokens a step%nproducts alone: %.1f GFLOP/s; of them %.0f %%; MFU %.3f of %.1f GFLOP/s%n",
            ours.get(0).backend(),
            Figures.count(ours.get(0).parameters()),
            tokens(),
            bound() / 1e9,
            100 * flops() / bound(),
            flops() / peakFlops(),
            peakFlops() / 1e9));
    groups()
        .forEach(
            (group, share) ->
                text.append(String.format(Locale.ROOT, "  %s %.1f %%%n", group, 100 * share)));
    if (!eager.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "losses differ by at most %.1e over all steps%n",
              lossDifference(eager)));
    }
    return text.toString();
  }

  private static String times(String words, double ratio) {
    return String.format(Locale.ROOT, "%.2f %s", ratio, words);
  }

  private String times(List<TrainBenchRun> others) {
    return others.isEmpty() ? "" : times("times as fast", ratio(others));
  }

  private void row(Table table, String name, List<TrainBenchRun> runs, String ratio) {
    if (runs.isEmpty()) {
      return;
    }
    TrainBenchRun first = runs.get(0);
    table.row(
        name,
        String.format(Locale.ROOT, "%.3f s", step(runs)),
        Figures.count(tokens() / step(runs)),
        String.format(
            Locale.ROOT,
            "%.1f",
            order.shape().trainingFlopsPerToken() * tokens() / step(runs) / 1e9),
        String.format(Locale.ROOT, "%.2f GB", memory(runs) / 1e9),
        Figures.score(first.losses().get(first.losses().size() - 1)),
        ratio);
  }
}
