package dev.rootstock.activities.forecast;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.registry.Ledger;
import dev.rootstock.activities.registry.LedgerEntry;
import dev.rootstock.activities.request.Resolution;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Each stage of a request: reused from whom, or made at what cost. Made from the same resolution
 * that a run begins with.
 *
 * @param stages in the order in which a run needs them
 * @param basis where the estimates come from, in words
 */
public record Forecast(List<Line> stages, String basis) implements HandedOn {
  /**
   * Floating-point operations a second of one core, measured on small shapes; a guess for others.
   */
  private static final double FLOPS_A_CORE = 35e9;

  private static final double BYTES_A_SECOND = 1e6; // of text, cleaned and cut into tokens
  private static final double START = 3; // seconds until an engine has started

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
   */
  public record Line(
      Stage stage,
      String name,
      Fingerprint fingerprint,
      boolean reused,
      Optional<String> maker,
      Optional<Instant> madeAt,
      Spent cost,
      Optional<Long> from)
      implements HandedOn {}

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
      lines.add(
          line(
              store,
              Stage.FINETUNE,
              job.name(),
              job.graft(),
              finetune(job, job.finetune(), resolution.shape(), graft)));
      if (job.twin().isPresent()) {
        FinetuneJob.Twin twin = job.twin().get();
        Spent cost = finetune(job, twin.finetune(), resolution.shape(), graft);
        lines.add(line(store, Stage.FINETUNE, "scratch-" + job.name(), twin.fingerprint(), cost));
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
    return new Forecast(lines, basis);
  }

  private static List<Line> base(ArtifactStore store, Growth growth, double rate)
      throws IOException {
    DatasetRequest dataset = growth.dataset();
    Spent reading = new Spent(START + dataset.corpus().bytes() / BYTES_A_SECOND, 0, 0);
    double flops = growth.pretrain().tokens() * growth.pretrain().shape().trainingFlopsPerToken();
    Spent growing = new Spent(START + flops / rate, flops, growth.pretrain().tokens());
    return List.of(
        line(store, Stage.DOCUMENTS, "documents", dataset.documents(), reading),
        line(store, Stage.TOKENIZER, "tokenizer", dataset.tokenizer(), reading),
        line(store, Stage.TOKENS, "tokens", dataset.tokens(), reading),
        line(store, Stage.PRETRAIN, "base", growth.base(), growing));
  }

  /** Rows are counted by their bytes, at four a token, for no tokenizer may be there yet. */
  private static Spent finetune(FinetuneJob job, FinetuneSpec spec, ModelShape shape, double rate) {
    long bytes = job.data().stream().mapToLong(file -> file.bytes()).sum();
    long tokens = Math.max(1, bytes / 4) * spec.epochs();
    double flops = tokens * shape.trainingFlopsPerToken();
    return new Spent(START + flops / rate, flops, tokens);
  }

  private static Line line(
      ArtifactStore store, Stage stage, String name, Fingerprint fingerprint, Spent estimate)
      throws IOException {
    Optional<Manifest> there = Artifacts.find(store, stage, fingerprint);
    if (there.isPresent()) {
      Manifest made = there.get();
      return new Line(
          stage,
          name,
          fingerprint,
          true,
          Optional.of(made.run()),
          Optional.of(made.madeAt()),
          made.spent(),
          Optional.empty());
    }
    if (stage != Stage.PRETRAIN) {
      return new Line(
          stage,
          name,
          fingerprint,
          false,
          Optional.empty(),
          Optional.empty(),
          estimate,
          Optional.empty());
    }
    Optional<Long> from =
        new Checkpoints(store, fingerprint)
            .whole().stream().findFirst().map(Checkpoints.Saved::step);
    return new Line(
        stage, name, fingerprint, false, Optional.empty(), Optional.empty(), estimate, from);
  }
}
