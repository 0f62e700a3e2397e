package dev.rootstock.activities.report;

import dev.rootstock.activities.registry.Ledger;
import dev.rootstock.activities.registry.LedgerEntry;
import dev.rootstock.activities.registry.Lineage;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.FinetuneOutcome;
import dev.rootstock.workflows.Promotion;
import dev.rootstock.workflows.StageOutcome;
import dev.rootstock.workflows.Trained;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run made, how good it is, and what reuse saved: from measurements alone. */
record RunReport(
    String run,
    ModelRef base,
    Optional<Spent> grown,
    List<StageOutcome> outcomes,
    List<FinetuneOutcome> finetunes,
    List<RunFailure> failures,
    Optional<Promotion> promotion,
    Optional<RunScreening> screening,
    List<LedgerEntry> ledger) {

  static RunReport read(
      ArtifactStore store,
      String run,
      ModelRef base,
      List<StageOutcome> outcomes,
      Optional<Promotion> promotion)
      throws IOException {
    RunRecord record = new RunRecord(store, run);
    return new RunReport(
        run,
        base,
        new Lineage(store, base.checkpoint().fingerprint()).manifest().map(Manifest::spent),
        outcomes,
        record.finetunes(),
        record.failures(),
        promotion,
        new RunFiles(store, run)
            .read(RunScreening.NAME, ".json")
            .map(json -> CanonicalJson.read(json, RunScreening.class)),
        new Ledger(store).all());
  }

  String title() {
    return "Run " + run + ": " + finetunes.size() + " finetunes on " + base.label();
  }

  List<Section> sections() {
    return Stream.of(stages(), quality(), cost(), forgetting(), saved(), promotions(), failed())
        .filter(section -> !section.rows().isEmpty() || !section.sentences().isEmpty())
        .toList();
  }

  private Section stages() {
    List<List<String>> rows = new ArrayList<>();
    Stream<StageOutcome> grafts =
        finetunes.stream()
            .flatMap(each -> Stream.concat(Stream.of(each.graft()), each.scratch().stream()))
            .map(Trained::outcome);
    Stream.concat(outcomes.stream(), grafts)
        .forEach(
            stage ->
                rows.add(
                    List.of(
                        stage.name(),
                        how(stage),
                        Figures.time(stage.spent().seconds()),
                        stage.spent().tokens() == 0 ? "" : Figures.count(stage.spent().tokens()),
                        Figures.flops(stage.spent().flops()),
                        stage.fingerprint().brief())));
    return new Section(
        "Stages",
        List.of(),
        List.of("Stage", "Outcome", "Took", "Tokens", "FLOPs", "Fingerprint"),
        rows);
  }

  private static String how(StageOutcome stage) {
    return switch (stage.how()) {
      case MADE -> "made";
      case REUSED -> "reused, made by " + stage.maker();
      case JOINED -> "waited for " + stage.maker();
    };
  }

  private Section quality() {
    List<List<String>> rows = new ArrayList<>();
    for (FinetuneOutcome each : finetunes) {
      FinetuneResult result = each.graft().result();
      Optional<Scores> scratch = each.scratch().map(trained -> trained.result().scores());
      result.scores().values().keySet().stream()
          .sorted(
              Comparator.comparing(
                      (String metric) -> !metric.equals(CanonicalJson.word(each.task().primary())))
                  .thenComparing(metric -> metric))
          .forEach(metric -> rows.add(row(each, metric, result, scratch)));
    }
    return new Section(
        "How good",
        rows.isEmpty()
            ? List.of()
            : Stream.concat(
                    Stream.of("Each on the task's test rows, which no training saw."),
                    screening.stream().flatMap(told -> told.sentences().stream()))
                .toList(),
        List.of(
            "Task",
            "Metric",
            "Base, untouched",
            "From scratch",
            "Finetuned",
            "Better than scratch by",
            "Training rows",
            "Test rows"),
        rows);
  }

  private static List<String> row(
      FinetuneOutcome each, String metric, FinetuneResult result, Optional<Scores> scratch) {
    double own = result.scores().values().get(metric);
    Optional<Double> before = result.before().map(scores -> scores.values().get(metric));
    Optional<Double> other = scratch.map(scores -> scores.values().get(metric));
    boolean higher =
        Stream.of(Metric.values())
            .filter(known -> CanonicalJson.word(known).equals(metric))
            .allMatch(Metric::higherIsBetter);
    return List.of(
        each.name(),
        metric,
        before.map(Figures::score).orElse(""),
        other.map(Figures::score).orElse(""),
        Figures.score(own),
        other.map(value -> Figures.signed(higher ? own - value : value - own)).orElse(""),
        Figures.count(result.trainRows()),
        Figures.count(result.scores().items()));
  }

  private Section cost() {
    Spent base = grown.orElse(Spent.NOTHING);
    long parameters = this.base.checkpoint().shape().parameters();
    List<List<String>> rows = new ArrayList<>();
    for (FinetuneOutcome each : finetunes) {
      FinetuneResult result = each.graft().result();
      rows.add(
          List.of(
              each.name(),
              Figures.count(result.spent().tokens()),
              Figures.ratio(result.spent().tokens(), base.tokens()),
              Figures.time(result.spent().seconds()),
              Figures.ratio(result.spent().seconds(), base.seconds()),
              Figures.ratio(result.spent().flops(), base.flops()),
              Figures.count(result.trainable()),
              Figures.ratio(result.trainable(), parameters)));
    }
    String told =
        grown
            .map(
                spent ->
                    "The base: "
                        + Figures.count(spent.tokens())
                        + " tokens, "
                        + Figures.time(spent.seconds())
                        + " of device time, "
                        + Figures.count(parameters)
                        + " parameters. Ratios are to it.")
            .orElse("The base was trained elsewhere; what it took is not known here.");
    return new Section(
        "What it took",
        rows.isEmpty() ? List.of() : List.of(told),
        List.of(
            "Task",
            "Tokens",
            "to base",
            "Device time",
            "to base",
            "FLOPs to base",
            "Trainable",
            "to base"),
        rows);
  }

  private Section forgetting() {
    List<List<String>> rows = new ArrayList<>();
    for (FinetuneOutcome each : finetunes) {
      FinetuneResult result = each.graft().result();
      if (result.heldOutBefore().isPresent() && result.heldOutAfter().isPresent()) {
        double before = result.heldOutBefore().get();
        double after = result.heldOutAfter().get();
        rows.add(
            List.of(
                each.name(),
                Figures.score(before),
                Figures.score(after),
                Figures.signed(after - before)));
      }
    }
    return new Section(
        "What was forgotten",
        rows.isEmpty()
            ? List.of()
            : List.of("Bits per byte on held-out text of the base's corpus; lower is better."),
        List.of("Task", "Before", "After", "Change"),
        rows);
  }

  private Section saved() {
    Fingerprint fingerprint = base.checkpoint().fingerprint();
    Ledger.Sums here =
        Ledger.Sums.of(ledger.stream().filter(entry -> entry.run().equals(run)).toList());
    Ledger.Sums ever =
        Ledger.Sums.of(
            ledger.stream()
                .filter(
                    entry ->
                        entry.stage() == Stage.PRETRAIN && entry.fingerprint().equals(fingerprint))
                .toList());
    List<String> words = new ArrayList<>();
    words.add(
        "This run spent "
            + Figures.time(here.spent().seconds())
            + " of device time; reuse saved it "
            + Figures.time(here.saved().seconds())
            + ".");
    if (ever.made() + ever.reused() > 0) {
      words.add(
          "The base was grown once, for "
              + Figures.time(grown.orElse(Spent.NOTHING).seconds())
              + "; reused "
              + ever.reused()
              + " times, which saved "
              + Figures.time(ever.saved().seconds())
              + ".");
    }
    if (grown.isPresent() && !finetunes.isEmpty()) {
      words.add(
          "Its share in the cost of a task, over the "
              + finetunes.size()
              + " of this run: "
              + Figures.time(grown.get().seconds() / finetunes.size())
              + ".");
    }
    return new Section("What reuse saved", words, List.of(), List.of());
  }

  private Section promotions() {
    List<List<String>> rows =
        Stream.concat(
                promotion.stream(), finetunes.stream().flatMap(each -> each.promotion().stream()))
            .map(
                each ->
                    List.of(
                        each.model(),
                        each.alias(),
                        each.promoted() ? "promoted" : "not promoted",
                        each.reason()))
            .toList();
    return new Section("Promotion", List.of(), List.of("Model", "Alias", "Outcome", "Why"), rows);
  }

  private Section failed() {
    List<List<String>> rows =
        failures.stream().map(each -> List.of(each.name(), each.reason())).toList();
    return new Section(
        "Failures",
        rows.isEmpty()
            ? List.of()
            : List.of("Run these alone with: rootstock runs rerun --failed " + run),
        List.of("Finetune", "Reason"),
        rows);
  }
}
