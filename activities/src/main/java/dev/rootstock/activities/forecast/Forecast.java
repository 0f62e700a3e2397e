package dev.rootstock.activities.forecast;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.registry.Ledger;
import dev.rootstock.activities.registry.LedgerEntry;
import dev.rootstock.activities.request.Resolution;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.WeighOrder;
import dev.rootstock.contract.engine.Weighed;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.DatasetRequest;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.Growth;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Each stage of a request: reused from whom, or made at what cost. Made from the same resolution
 * that a run begins with.
 *
 * @param stages in the order in which a run needs them
 * @param basis where the estimates come from, in words
 * @param free bytes of memory that a training could have here now; empty where nobody weighed
 */
public record Forecast(List<Line> stages, String basis, Optional<Long> free) implements HandedOn {
  /**
   * Floating-point operations a second of one core, measured on small shapes; a guess for others.
   */
  private static final double FLOPS_A_CORE = 35e9;

  private static final double BYTES_A_SECOND = 1e6; // of text, cleaned and cut into tokens
  private static final double START = 3; // seconds until an engine has started
  private static final long AROUND = 256; // bytes of a template around a row, at most

  public Forecast {
    stages = List.copyOf(stages);
  }

  /**
   * One stage.
   *
   * @param reused whether it is there
   * @param maker the run that made it, and when
   * @param cost what it took, or what it would take by the estimate
   * @param from step that it would go on from
   * @param training what would be trained; empty of what is there, and of what trains nothing here
   * @param memory bytes that it would need, at most; empty where nobody weighed
   */
  public record Line(
      Stage stage,
      String name,
      Fingerprint fingerprint,
      boolean reused,
      Optional<String> maker,
      Optional<Instant> madeAt,
      Spent cost,
      Optional<Long> from,
      Optional<WeighOrder.Training> training,
      Optional<Long> memory)
      implements HandedOn {
    private Line weighed(Optional<Long> bytes) {
      return new Line(stage, name, fingerprint, reused, maker, madeAt, cost, from, training, bytes);
    }
  }

  /** What has to be trained, in the order of the stages. */
  public List<WeighOrder.Training> trainings() {
    return stages.stream().flatMap(line -> line.training().stream()).toList();
  }

  /** The same with what the trainings need. */
  public Forecast weighed(Weighed weighed) {
    Iterator<Long> bytes = weighed.bytes().iterator();
    return new Forecast(
        stages.stream()
            .map(
                line ->
                    line.training().isPresent() ? line.weighed(Optional.of(bytes.next())) : line)
            .toList(),
        basis,
        Optional.of(weighed.free()));
  }

  /** Whether a run would find everything. */
  public boolean complete() {
    return stages.stream().allMatch(Line::reused);
  }

  /** What a run would still have to pay. */
  public Spent toMake() {
    return stages.stream()
        .filter(line -> !line.reused())
        .map(Line::cost)
        .reduce(Spent.NOTHING, Spent::plus);
  }

  /** What it would have paid for what is there. */
  public Spent saved() {
    return stages.stream().filter(Line::reused).map(Line::cost).reduce(Spent.NOTHING, Spent::plus);
  }

  /** Looks a resolution's stages up; writes nothing. */
  public static Forecast of(Resolution resolution, OpenStores stores) throws IOException {
    ArtifactStore store = stores.at(resolution.plan().store());
    List<LedgerEntry> entries = new Ledger(store).all();
    OptionalDouble pretraining = Ledger.flopsPerSecond(entries, Stage.PRETRAIN);
    OptionalDouble finetuning = Ledger.flopsPerSecond(entries, Stage.FINETUNE);
    double grow = pretraining.orElse(FLOPS_A_CORE * Runtime.getRuntime().availableProcessors());
    double graft = finetuning.orElse(grow);
    List<Line> lines = new ArrayList<>();
    if (resolution.plan().growth().isPresent()) {
      lines.addAll(base(store, resolution.plan().growth().get(), grow));
    }
    for (FinetuneJob job : resolution.jobs()) {
      Rows rows = Rows.of(job);
      lines.add(
          finetune(
              store,
              job.name(),
              job.graft(),
              job.finetune(),
              job.finetune().scratch().orElse(resolution.shape()),
              rows,
              graft));
      if (job.twin().isPresent()) {
        FinetuneSpec twin = job.twin().get().finetune();
        lines.add(
            finetune(
                store,
                "scratch-" + job.name(),
                job.twin().get().fingerprint(),
                twin,
                twin.scratch().orElse(resolution.shape()),
                rows,
                graft));
      }
    }
    String basis =
        pretraining.isPresent()
            ? String.format(
                java.util.Locale.ROOT,
                "by %.2e FLOPs a second, as measured in this store's ledger",
                grow)
            : String.format(
                java.util.Locale.ROOT,
                "by %.0e FLOPs a second, a guess, for this store has no measurement yet",
                grow);
    return new Forecast(lines, basis, Optional.empty());
  }

  private static List<Line> base(ArtifactStore store, Growth growth, double rate)
      throws IOException {
    DatasetRequest dataset = growth.dataset();
    Spent reading = new Spent(START + dataset.corpus().bytes() / BYTES_A_SECOND, 0, 0);
    double flops = growth.pretrain().tokens() * growth.pretrain().shape().trainingFlopsPerToken();
    Spent growing = new Spent(START + flops / rate, flops, growth.pretrain().tokens());
    PretrainSpec pretrain = growth.pretrain();
    Optional<WeighOrder.Training> training =
        pretrain.trainer().isPresent()
            ? Optional.empty() // of another maker: nobody here knows
            : Optional.of(
                new WeighOrder.Training(
                    pretrain.shape(),
                    pretrain.numeric(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    pretrain.shape().context()));
    return List.of(
        line(store, Stage.DOCUMENTS, "documents", dataset.documents(), reading, Optional.empty()),
        line(store, Stage.TOKENIZER, "tokenizer", dataset.tokenizer(), reading, Optional.empty()),
        line(store, Stage.TOKENS, "tokens", dataset.tokens(), reading, Optional.empty()),
        line(store, Stage.PRETRAIN, "base", growth.base(), growing, training));
  }

  /** A token has four bytes as a guess, and one at least. */
  private static Line finetune(
      ArtifactStore store,
      String name,
      Fingerprint fingerprint,
      FinetuneSpec spec,
      ModelShape shape,
      Rows rows,
      double rate)
      throws IOException {
    long tokens = Math.max(1, rows.trained() / 4) * spec.epochs();
    double flops = tokens * shape.trainingFlopsPerToken();
    WeighOrder.Training training =
        new WeighOrder.Training(
            shape,
            spec.numeric(),
            spec.lora(),
            spec.freeze(),
            1,
            (int) Math.min(shape.context(), rows.longest() + AROUND));
    return line(
        store,
        Stage.FINETUNE,
        name,
        fingerprint,
        new Spent(START + flops / rate, flops, tokens),
        Optional.of(training));
  }

  private static Line line(
      ArtifactStore store,
      Stage stage,
      String name,
      Fingerprint fingerprint,
      Spent estimate,
      Optional<WeighOrder.Training> training)
      throws IOException {
    Optional<Manifest> there = Artifacts.find(store, stage, fingerprint);
    Optional<Long> from =
        there.isPresent() || stage != Stage.PRETRAIN
            ? Optional.empty()
            : new Checkpoints(store, fingerprint)
                .whole().stream().findFirst().map(Checkpoints.Saved::step);
    return new Line(
        stage,
        name,
        fingerprint,
        there.isPresent(),
        there.map(Manifest::run),
        there.map(Manifest::madeAt),
        there.map(Manifest::spent).orElse(estimate),
        from,
        there.isPresent() ? Optional.empty() : training,
        Optional.empty());
  }
}
