package dev.rootstock.training;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.tokenizer.Tokenizer;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.TokenBatches;
import dev.rootstock.training.evaluate.Evaluator;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import dev.rootstock.training.optimize.Divergence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The loop: batch, loss, step, save, report. A step is a pure function of the state before it. Not
 * thread-safe.
 */
final class Trainer {
  private static final int SAMPLE_TOKENS = 40;
  private static final int SAMPLE_SEED = 1;

  private final PretrainSpec spec;
  private final Cadence cadence;
  private final Backend model;
  private final TokenBatches batches;
  private final Tokenizer tokenizer;
  private final PretrainSaves saves;
  private final Metrics metrics;
  private final Tempo tempo;
  private final Divergence divergence;
  private final ProgressLog progress;
  private final Stop stop;
  private final Optional<Double> peak;
  private long lastSave = System.nanoTime();

  Trainer(
      PretrainSpec spec,
      Cadence cadence,
      Backend model,
      TokenBatches batches,
      Tokenizer tokenizer,
      PretrainSaves saves,
      Metrics metrics,
      Tempo tempo,
      ProgressLog progress,
      Stop stop,
      Optional<Double> peak) {
    this.spec = spec;
    this.peak = peak;
    this.cadence = cadence;
    this.model = model;
    this.batches = batches;
    this.tokenizer = tokenizer;
    this.saves = saves;
    this.metrics = metrics;
    this.tempo = tempo;
    this.progress = progress;
    this.stop = stop;
    this.divergence = new Divergence(spec.shape().vocabulary());
    metrics.losses().forEach(divergence::passed);
  }

  /**
   * Trains to the last step and saves it.
   *
   * @param from steps done
   * @return key of the last checkpoint's folder
   * @throws Stopped after saving, where it is asked to leave
   */
  String train(long from) throws IOException {
    Optional<Double> inherited = Optional.empty();
    if (from == 0) {
      inherited = spec.replay().isPresent() ? heldOut() : Optional.empty();
      sample(0);
    }
    String folder = null;
    for (long step = from; step < spec.steps(); step++) {
      saves.check();
      step(step);
      if (step == 0) {
        inherited.ifPresent(bits -> metrics.measured(Metrics.INHERITED, bits));
      }
      long done = step + 1;
      boolean last = done == spec.steps();
      boolean best = false;
      if (last || isPoint(done, cadence.validations())) {
        validate();
        best = cadence.keepBest() && metrics.best().equals(Optional.of(done));
      }
      if (last || isPoint(done, cadence.samples() - 1)) {
        sample(done);
      }
      boolean leaves = !last && stop.asked();
      if (last || leaves) {
        folder = saves.save(done, metrics, tempo.seconds(), tempo::saved);
      } else if (best || isDue(done)) {
        saves.saveBeside(done, metrics, tempo.seconds(), tempo::saved);
        lastSave = System.nanoTime();
      }
      if (leaves) {
        throw new Stopped("saved step " + done + " of " + spec.steps() + " and left, as asked");
      }
    }
    return folder;
  }

  private void step(long step) throws IOException {
    tempo.beginStep();
    List<Batch> parts = batches.of(step);
    long predicted = parts.stream().mapToLong(Batch::predicted).sum();
    double loss = 0;
    for (Batch part : parts) {
      loss += model.accumulate(part, 1.0 / predicted);
    }
    loss /= predicted;
    double rate = spec.schedule().rate(step);
    double norm =
        Double.isFinite(loss) ? model.update(spec.optimizer(), rate, step + 1) : Double.NaN;
    divergence.judge(step + 1, loss, norm, batches.rowsOf(step).toString());
    long rows = batches.rowsBefore(step + 1);
    long tokens = (long) spec.batch() * spec.shape().context();
    tempo.stepped(step + 1, loss, tokens);
    metrics.add(
        step + 1,
        (double) batches.freshRows(rows) / batches.rows(),
        loss,
        norm,
        rate,
        rows * spec.shape().context(),
        tempo.seconds(),
        Optional.of(tempo.speed(step + 1, spec.shape().trainingFlopsPerToken(), peak)));
    System.err.println("step " + (step + 1) + "/" + spec.steps() + " loss " + Json.number(loss));
  }

  private void validate() throws IOException {
    heldOut().ifPresent(bits -> metrics.measured(Metrics.HELD_OUT, bits));
  }

  private Optional<Double> heldOut() throws IOException {
    if (batches.validationBytes() == 0 || batches.validationRows().isEmpty()) {
      return Optional.empty();
    }
    double bits = Evaluator.bitsPerByte(model, batches, (done, of) -> {});
    progress.tell(String.format(Locale.ROOT, "held-out text: %.4f bits per byte", bits));
    return Optional.of(bits);
  }

  private void sample(long done) {
    cadence
        .prompt()
        .ifPresent(
            prompt -> {
              Writer writer = new Writer(model, spec.shape().context(), tokenizer.endOfText());
              int[] ids =
                  writer.write(
                      tokenizer.encode(prompt), SAMPLE_TOKENS, new Sampler(0.8, 0.95, SAMPLE_SEED));
              progress.tell("after " + done + " steps: " + prompt + tokenizer.decode(ids));
            });
  }

  /**
   * Whether {@code done} is one of {@code count} evenly spread points, of which the last step is
   * the last.
   */
  private boolean isPoint(long done, int count) {
    return count > 0 && done * count / spec.steps() > (done - 1) * count / spec.steps();
  }

  private boolean isDue(long done) {
    return cadence
        .checkpointSteps()
        .map(steps -> done % steps == 0)
        .orElseGet(
            () ->
                !saves.busy() // a later step is worth as much, and nothing waits
                    && Duration.ofNanos(System.nanoTime() - lastSave)
                            .compareTo(cadence.checkpointEvery())
                        >= 0);
  }
}
