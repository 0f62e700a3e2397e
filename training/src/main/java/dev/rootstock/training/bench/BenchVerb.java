package dev.rootstock.training.bench;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.PeakMemory;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.FirstWeights;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.TokenBatches;
import dev.rootstock.training.optimize.Divergence;
import dev.rootstock.training.optimize.MemoryNeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code bench}: times the steps of one training, by the same calls as {@code pretrain}. */
public final class BenchVerb implements Verb<TrainBenchOrder> {
  @Override
  public Class<TrainBenchOrder> order() {
    return TrainBenchOrder.class;
  }

  @Override
  public TrainBenchRun carryOut(TrainBenchOrder order, ProgressLog progress, Stop stop)
      throws IOException {
    ModelShape shape = order.shape();
    new Check()
        .positive("batch", order.batch())
        .positive("steps", order.steps())
        .positive("threads", order.threads())
        .that(order.warmup() >= 0, "warmup", order.warmup(), "0 or more steps")
        .done();
    BenchRows rows = rows(order);
    MemoryNeed.of(shape, order.numeric(), shape.parameters(), 0, order.threads()).check();
    try (Backend model = Backends.open(shape, Optional.empty(), order.numeric(), order.threads())) {
      demand(order.backend(), model.describe());
      FirstWeights.fill(model, shape, order.seed());
      if (order.exchange().isPresent()) {
        Exchange.write(Path.of(order.exchange().get()), order, model, rows);
      }
      return new Steps(order, model, rows).run(progress, stop);
    }
  }

  private static BenchRows rows(TrainBenchOrder order) throws IOException {
    ModelShape shape = order.shape();
    if (order.text().isEmpty()) {
      return new MadeUpRows(shape.vocabulary(), shape.context(), order.seed());
    }
    BytePairTokenizer tokenizer = TextRows.tokenizer(order.text().get());
    new Check()
        .that(
            shape.vocabulary() == tokenizer.vocabulary(),
            "vocabulary",
            shape.vocabulary(),
            "the tokenizer's, " + tokenizer.vocabulary())
        .done();
    return TextRows.read(order.text().get(), tokenizer, shape.context(), order.seed());
  }

  private static void demand(Optional<String> wanted, String opened) {
    String name = opened.split("[ ,]")[0];
    if (wanted.isPresent() && !wanted.get().equals(name)) {
      throw new InvalidConfig(
          Problem.of(
              "backend",
              wanted.get(),
              "one that this engine has and can run here; it opened " + name));
    }
  }

  /** The steps of one order. */
  private record Steps(TrainBenchOrder order, Backend model, BenchRows rows) {
    TrainBenchRun run(ProgressLog progress, Stop stop) {
      List<Double> losses = new ArrayList<>();
      List<Double> seconds = new ArrayList<>();
      Divergence divergence = new Divergence(order.shape().vocabulary());
      Map<String, Double> before = Map.of();
      for (long step = 0; step < order.all(); step++) {
        if (step == order.warmup()) {
          before = Map.copyOf(model.seconds());
        }
        long began = System.nanoTime();
        double loss = step(step, divergence);
        double took = (System.nanoTime() - began) / 1e9;
        losses.add(loss);
        if (step >= order.warmup()) {
          seconds.add(took);
        }
        progress.at(Progress.of("bench", step + 1, order.all(), "steps"));
        System.err.println("step " + (step + 1) + "/" + order.all() + " loss " + loss);
        if (stop.asked()) {
          throw new Stopped("asked to leave after step " + (step + 1));
        }
      }
      Map<String, Double> groups = since(before);
      long peak = PeakMemory.bytes(); // before the products are timed, which take some more
      return new TrainBenchRun(
          model.describe(),
          order.threads(),
          order.shape().parameters(),
          losses,
          seconds,
          peak,
          groups,
          order.ceiling()
              ? new Products(order.shape(), order.batch(), order.threads()).time()
              : List.of(),
          heldOut());
    }

    private double step(long step, Divergence divergence) {
      List<Batch> parts = new ArrayList<>();
      int atOnce = TokenBatches.rowsAtOnce(order.shape().context());
      for (int from = 0; from < order.batch(); from += atOnce) {
        List<int[]> part = new ArrayList<>();
        for (int i = from; i < Math.min(order.batch(), from + atOnce); i++) {
          part.add(rows.row(step * order.batch() + i));
        }
        parts.add(batch(part));
      }
      long predicted = parts.stream().mapToLong(Batch::predicted).sum();
      double loss = 0;
      for (Batch part : parts) {
        loss += model.accumulate(part, 1.0 / predicted);
      }
      loss /= predicted;
      double norm = model.update(order.optimizer(), order.schedule().rate(step), step + 1);
      divergence.judge(step + 1, loss, norm, "of the benchmark");
      return loss;
    }

    private Batch batch(List<int[]> of) {
      int time = order.shape().context();
      int[] ids = new int[of.size() * time];
      int[] targets = new int[ids.length];
      for (int i = 0; i < of.size(); i++) {
        for (int t = 0; t < time; t++) {
          ids[i * time + t] = Math.max(0, of.get(i)[t]); // what is ignored is read as any id
          targets[i * time + t] = of.get(i)[t + 1];
        }
      }
      return new Batch(ids, targets, of.size(), time);
    }

    private Map<String, Double> since(Map<String, Double> before) {
      Map<String, Double> groups = new HashMap<>(model.seconds());
      groups.replaceAll((group, seconds) -> seconds - before.getOrDefault(group, 0.0));
      return groups;
    }

    private Optional<TrainBenchRun.HeldOut> heldOut() {
      List<int[]> held = rows.heldOut();
      if (held.isEmpty()) {
        return Optional.empty();
      }
      double nats = 0;
      long tokens = 0;
      int atOnce = TokenBatches.rowsAtOnce(order.shape().context());
      for (int from = 0; from < held.size(); from += atOnce) {
        Batch batch = batch(held.subList(from, Math.min(held.size(), from + atOnce)));
        for (double logProbability : model.score(batch)) {
          nats -= logProbability;
        }
        tokens += batch.predicted();
      }
      return Optional.of(new TrainBenchRun.HeldOut(nats, tokens, rows.heldOutBytes()));
    }
  }
}
