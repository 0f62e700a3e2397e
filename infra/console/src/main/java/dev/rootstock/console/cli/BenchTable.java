package dev.rootstock.console.cli;

import dev.rootstock.contract.engine.DataBenchRun;
import dev.rootstock.contract.engine.DataBenchRun.StageTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What came of a comparison. Speeds are medians over the runs; a ratio is the median of the ratios
 * of runs that followed one another.
 *
 * @param peer empty, or one for each of the others
 */
record BenchTable(List<DataBenchRun> pipeline, List<DataBenchRun> loop, List<DataBenchRun> peer) {
  private static final List<String> STAGES = List.of("clean", "learn", "tokenize");

  private static final ToDoubleFunction<StageTime> WALL = StageTime::seconds;
  private static final ToDoubleFunction<StageTime> PROCESSOR = StageTime::processorSeconds;

  /** Everything, for programs. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("corpusBytes", pipeline.get(0).bytes());
    tree.put("runs", pipeline.size());
    tree.put("sameCounts", sameCounts());
    tree.put("pipeline", side(pipeline));
    tree.put("loop", side(loop));
    tree.put("ofBound", ratio(loop, STAGES, WALL));
    tree.put("ofBoundByProcessorTime", ratio(loop, STAGES, PROCESSOR));
    if (!peer.isEmpty()) {
      tree.put("peer", side(peer));
      tree.put("timesPeer", ratio(peer, shared(), WALL));
      tree.put("timesPeerByProcessorTime", ratio(peer, shared(), PROCESSOR));
    }
    tree.put("pipelineRuns", pipeline);
    tree.put("loopRuns", loop);
    tree.put("peerRuns", peer);
    return tree;
  }

  private Map<String, Object> side(List<DataBenchRun> runs) {
    Map<String, Object> side = new LinkedHashMap<>();
    Map<String, Object> stages = new LinkedHashMap<>();
    for (String stage : STAGES) {
      if (has(runs, stage)) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("megabytesPerSecond", speed(runs, stage));
        figures.put("tokensPerSecond", tokenSpeed(runs, stage));
        figures.put(
            "processorSeconds",
            median(runs.stream().mapToDouble(r -> sum(r, List.of(stage), PROCESSOR))));
        stages.put(stage, figures);
      }
    }
    side.put("stages", stages);
    side.put("megabytesPerSecond", whole(runs, STAGES));
    side.put("peakBytes", runs.stream().mapToLong(DataBenchRun::peakBytes).max().orElse(0));
    return side;
  }

  /** Whether pipeline and loop read, kept and wrote as much: else they did not do the same. */
  private boolean sameCounts() {
    DataBenchRun one = pipeline.get(0);
    DataBenchRun other = loop.get(0);
    return one.documents() == other.documents()
        && one.kept() == other.kept()
        && Math.abs(one.tokens() - other.tokens()) <= one.tokens() / 1_000;
  }

  /** The peer is handed its tokenizer. */
  private static List<String> shared() {
    return List.of("clean", "tokenize");
  }

  private static boolean has(List<DataBenchRun> runs, String stage) {
    return runs.get(0).stages().stream().anyMatch(time -> time.stage().equals(stage));
  }

  private static double sum(
      DataBenchRun run, List<String> stages, ToDoubleFunction<StageTime> time) {
    return run.stages().stream()
        .filter(one -> stages.contains(one.stage()))
        .mapToDouble(time)
        .sum();
  }

  private static double speed(List<DataBenchRun> runs, String stage) {
    return median(
        runs.stream()
            .flatMap(run -> run.stages().stream())
            .filter(time -> time.stage().equals(stage))
            .mapToDouble(time -> time.bytes() / 1e6 / time.seconds()));
  }

  private static double tokenSpeed(List<DataBenchRun> runs, String stage) {
    return median(
        runs.stream()
            .flatMap(run -> run.stages().stream())
            .filter(time -> time.stage().equals(stage))
            .mapToDouble(time -> time.tokens() / time.seconds()));
  }

  private static double whole(List<DataBenchRun> runs, List<String> stages) {
    return median(runs.stream().mapToDouble(run -> run.bytes() / 1e6 / sum(run, stages, WALL)));
  }

  private double ratio(
      List<DataBenchRun> others, List<String> stages, ToDoubleFunction<StageTime> time) {
    double[] ratios = new double[others.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = sum(others.get(i), stages, time) / sum(pipeline.get(i), stages, time);
    }
    return median(DoubleStream.of(ratios));
  }

  private static double median(DoubleStream values) {
    return Median.of(values.toArray());
  }

  @Override
  public String toString() {
    Table table = new Table("", "MB/s", "tokens/s", "CPU s", "of the bound", "by CPU");
    for (String stage : STAGES) {
      rows(table, stage, List.of(stage));
    }
    rows(table, "whole", STAGES);
    StringBuilder text = new StringBuilder(table.toString()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%d documents, %d kept, %s tokens; most memory: pipeline %.2f GB, loop %.2f GB%s%n",
            pipeline.get(0).documents(),
            pipeline.get(0).kept(),
            Figures.count(pipeline.get(0).tokens()),
            gigabytes(pipeline),
            gigabytes(loop),
            peer.isEmpty() ? "" : String.format(Locale.ROOT, ", peer %.2f GB", gigabytes(peer))));
    if (!peer.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "clean and tokenize: pipeline %.2f MB/s, peer %.2f MB/s: %.2f times as fast (by CPU %.2f)%n",
              whole(pipeline, shared()),
              whole(peer, shared()),
              ratio(peer, shared(), WALL),
              ratio(peer, shared(), PROCESSOR)));
    }
    if (!sameCounts()) {
      text.append("The sides counted differently: they did not do the same work.\n");
    }
    return text.toString();
  }

  private void rows(Table table, String name, List<String> stages) {
    table.row(
        name + ", pipeline",
        figure(stages.size() == 1 ? speed(pipeline, name) : whole(pipeline, stages)),
        stages.size() == 1 ? Figures.count(tokenSpeed(pipeline, name)) : "",
        figure(median(pipeline.stream().mapToDouble(run -> sum(run, stages, PROCESSOR)))),
        figure(ratio(loop, stages, WALL)),
        figure(ratio(loop, stages, PROCESSOR)));
    table.row(
        name + ", plain loop",
        figure(stages.size() == 1 ? speed(loop, name) : whole(loop, stages)),
        stages.size() == 1 ? Figures.count(tokenSpeed(loop, name)) : "",
        figure(median(loop.stream().mapToDouble(run -> sum(run, stages, PROCESSOR)))),
        "",
        "");
  }

  private static double gigabytes(List<DataBenchRun> runs) {
    return runs.stream().mapToLong(DataBenchRun::peakBytes).max().orElse(0) / 1e9;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
