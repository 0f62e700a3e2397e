package dev.rootstock.console.cli;

import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.FinetuneOutcome;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Promotion;
import dev.rootstock.workflows.StageOutcome;
import dev.rootstock.workflows.Trained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a finished run came to. */
final class RunSummary {
  private final Terminal terminal;
  private final Output output;

  RunSummary(Terminal terminal, Output output) {
    this.terminal = terminal;
    this.output = output;
  }

  private static final int SHOWN = 50; // finetunes in a table; more are counted

  /** Writes it; how the command ends: a finetune that failed is told by the exit code too. */
  int write(PipelineResult result, RunCatalog stored, String store) {
    List<FinetuneOutcome> finetunes = finetunes(result, stored);
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("run", result.run());
    whole.put("store", store);
    whole.put("result", result);
    whole.put("finetunes", finetunes);
    output.write(terminal, "rootstock.run/1", whole, table(result, finetunes));
    result.finetunes().failures().forEach(this::failed);
    int more = result.finetunes().failed() - result.finetunes().failures().size();
    if (more > 0) {
      terminal.say(terminal.red("and " + more + " more failed; the report names them"));
    }
    if (result.finetunes().failed() > 0) {
      terminal.next(
          "rootstock runs rerun --failed " + result.run() + option(store),
          "those alone, once their cause is gone");
    }
    terminal.say(
        "report  "
            + stored.store().root().toString().replaceFirst("/$", "")
            + "/"
            + result.report().markdown());
    String option = option(store);
    String model = finetunes.isEmpty() ? result.base().label() : finetunes.get(0).model().label();
    terminal.next("rootstock models show " + model + option, "what was made, and from what");
    terminal.next(
        "rootstock generate " + result.base().label() + " \"Once\"" + option, "let the base write");
    return result.finetunes().failed() > 0 ? Exit.FAILED : Exit.DONE;
  }

  private static String option(String store) {
    return store.equals("rootstock-store") ? "" : " --store " + store;
  }

  private static List<FinetuneOutcome> finetunes(PipelineResult result, RunCatalog stored) {
    try {
      return stored.open(result.run()).finetunes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void failed(BatchResult.Failed failed) {
    terminal.say(terminal.red(failed.name() + " failed: " + failed.reason()));
  }

  private static String table(PipelineResult result, List<FinetuneOutcome> all) {
    List<FinetuneOutcome> finetunes = all.subList(0, Math.min(SHOWN, all.size()));
    String text = rows(result, all, finetunes);
    int more = all.size() - finetunes.size();
    return more == 0 ? text : text + "and " + more + " more finetunes; the report has them all\n";
  }

  private static String rows(
      PipelineResult result, List<FinetuneOutcome> made, List<FinetuneOutcome> finetunes) {
    Table stages = new Table("stage", "outcome", "grown by", "took");
    List<StageOutcome> all = stages(result, finetunes);
    for (StageOutcome outcome : all) {
      stages.row(
          outcome.name(),
          outcome.how(),
          outcome.maker(),
          Figures.seconds(outcome.spent().seconds()));
    }
    Spent spent = Spent.NOTHING;
    Spent saved = Spent.NOTHING;
    for (StageOutcome outcome : stages(result, made)) {
      boolean fresh = outcome.how() == StageOutcome.How.MADE;
      spent = fresh ? spent.plus(outcome.spent()) : spent;
      saved = fresh ? saved : saved.plus(outcome.spent());
    }
    StringBuilder text = new StringBuilder("\n" + stages);
    text.append("spent ").append(Figures.seconds(spent.seconds()));
    text.append(", saved ").append(Figures.seconds(saved.seconds())).append(" of device time\n");
    if (!finetunes.isEmpty()) {
      text.append('\n').append(scores(finetunes));
    }
    text.append("\nbase ").append(result.base().label());
    result.promotion().ifPresent(promotion -> text.append(promotion(promotion)));
    for (FinetuneOutcome finetune : finetunes) {
      text.append('\n').append(finetune.name()).append(' ').append(finetune.model().label());
      finetune.promotion().ifPresent(promotion -> text.append(promotion(promotion)));
    }
    return text.append('\n').toString();
  }

  private static List<StageOutcome> stages(PipelineResult result, List<FinetuneOutcome> finetunes) {
    List<StageOutcome> all = new ArrayList<>(result.outcomes());
    for (FinetuneOutcome finetune : finetunes) {
      all.add(finetune.graft().outcome());
      finetune.scratch().map(Trained::outcome).ifPresent(all::add);
    }
    return all;
  }

  private static Table scores(List<FinetuneOutcome> finetunes) {
    Table table =
        new Table("finetune", "metric", "finetuned", "from scratch", "base", "rows", "took");
    for (FinetuneOutcome finetune : finetunes) {
      Metric metric = finetune.task().primary();
      table.row(
          finetune.name(),
          CanonicalJson.word(metric),
          figure(Optional.of(finetune.graft().result().scores()), metric),
          figure(finetune.scratch().map(scratch -> scratch.result().scores()), metric),
          figure(finetune.graft().result().before(), metric),
          finetune.graft().result().trainRows(),
          Figures.seconds(finetune.graft().result().spent().seconds()));
    }
    return table;
  }

  private static String figure(Optional<Scores> scores, Metric metric) {
    return scores.flatMap(found -> found.find(metric)).map(Figures::score).orElse("-");
  }

  private static String promotion(Promotion promotion) {
    return (promotion.promoted() ? ", promoted to " : ", not promoted to ")
        + promotion.alias()
        + ": "
        + promotion.reason();
  }
}
