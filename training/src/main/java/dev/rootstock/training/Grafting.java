package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.StoppingSpec;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.Example;
import dev.rootstock.training.data.Permutation;
import dev.rootstock.training.optimize.Divergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The loop of a finetune. The state with the lowest loss on the dev rows is the result, unless
 * another metric is asked for: a loss moves with every row, where the accuracy of a few dozen rows
 * stands still or jumps. Not thread-safe.
 */
final class Grafting {
  private static final double WARM_UP = 0.1; // of all steps
  private static final double FLOOR = 0.1; // of the peak rate
  private static final int TOKENS_AT_ONCE = 8192;

  private final FinetuneSpec spec;
  private final Backend model;
  private final List<Example> train;
  private final List<Example> dev;
  private final DoubleSupplier judged;
  private final int longest; // positions of a row, at most
  private final Metrics metrics;
  private final Divergence divergence;
  private final Stop stop;
  private long tokens;

  Grafting(
      FinetuneSpec spec,
      Backend model,
      List<Example> train,
      List<Example> dev,
      DoubleSupplier judged,
      int longest,
      int vocabulary,
      Metrics metrics,
      Stop stop) {
    this.spec = spec;
    this.model = model;
    this.train = train;
    this.dev = dev;
    this.judged = judged;
    this.longest = longest;
    this.metrics = metrics;
    this.divergence = new Divergence(vocabulary);
    this.stop = stop;
  }

  /** All steps, those after an early stop included. */
  static long steps(FinetuneSpec spec, int examples) {
    return ((long) spec.epochs() * examples + spec.batch() - 1) / spec.batch();
  }

  /** Positions that went through the model. */
  long tokens() {
    return tokens;
  }

  /**
   * Trains, and leaves the best state in the model.
   *
   * @param told words of each evaluation
   * @return steps taken
   */
  long train(Tempo tempo, Consumer<String> told) {
    long steps = steps(spec, train.size());
    LearningSchedule schedule =
        new LearningSchedule(spec.rate(), (long) Math.ceil(WARM_UP * steps), steps, FLOOR);
    StoppingSpec stopping = spec.stopping().orElse(StoppingSpec.DEFAULT);
    String judge = stopping.metric().map(CanonicalJson::word).orElse("loss");
    double best = stopping.worst();
    int without = 0;
    try (BestState kept = new BestState(model)) {
      for (long step = 0; step < steps; step++) {
        if (stop.asked()) {
          throw new Stopped(
              "left at step " + step + " of " + steps + "; a finetune begins again from its base");
        }
        step(step, schedule.rate(step), tempo);
        long done = step + 1;
        boolean point = done * spec.evaluations() / steps > step * spec.evaluations() / steps;
        if (!dev.isEmpty() && (point || done == steps)) {
          double value = judged.getAsDouble();
          metrics.measured("eval_" + judge.replace('-', '_'), value);
          told.accept(
              String.format(Locale.ROOT, "step %d of %d: dev %s %.4f", done, steps, judge, value));
          boolean gained = stopping.better(value, best);
          without = gained ? 0 : without + 1;
          if (gained) {
            best = value;
            kept.keep();
          }
          if (without >= spec.patience() && done >= stopping.minimumSteps()) {
            kept.restore();
            return done;
          }
        }
      }
      if (best != stopping.worst()) {
        kept.restore();
      }
      return steps;
    }
  }

  private void step(long step, double rate, Tempo tempo) {
    tempo.beginStep();
    List<Example> batch = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    long end = Math.min((step + 1) * spec.batch(), (long) spec.epochs() * train.size());
    for (long position = step * spec.batch(); position < end; position++) {
      long row =
          new Permutation(train.size(), spec.seed(), position / train.size())
              .at(position % train.size());
      rows.add(row);
      batch.add(train.get((int) row));
    }
    long answers = batch.stream().mapToLong(Example::answers).sum();
    double loss = 0;
    long positions = 0;
    for (Batch part : parts(batch)) {
      loss += model.accumulate(part, 1.0 / answers);
      positions += part.ids().length;
    }
    loss /= answers;
    double norm =
        Double.isFinite(loss) ? model.update(spec.optimizer(), rate, step + 1) : Double.NaN;
    divergence.judge(step + 1, loss, norm, rows.toString());
    tokens += positions;
    metrics.add(step + 1, (double) end / train.size(), loss, norm, rate, tokens, tempo.seconds());
    tempo.stepped(step + 1, loss, positions);
  }

  private List<Batch> parts(List<Example> batch) {
    List<Batch> parts = new ArrayList<>();
    List<List<Example>> rows =
        spec.packing().orElse(false)
            ? Example.packed(batch, longest)
            : batch.stream().map(List::of).toList();
    int atOnce = Math.max(1, TOKENS_AT_ONCE / longest);
    for (int from = 0; from < rows.size(); from += atOnce) {
      parts.add(Example.rows(rows.subList(from, Math.min(rows.size(), from + atOnce)), longest));
    }
    return parts;
  }
}
