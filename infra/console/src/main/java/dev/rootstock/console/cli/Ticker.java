package dev.rootstock.console.cli;

import dev.rootstock.console.RunWatch;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.RunStatus;
import dev.rootstock.workflows.StageOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells of a run under way: a line an engine, redrawn on a terminal, now and then elsewhere; notes
 * and finished stages once. Not thread-safe.
 */
final class Ticker {
  private static final long PLAIN_PERIOD =
      10_000_000_000L; // nanoseconds between lines of one engine without a terminal

  private final Terminal terminal;
  private final List<String> finetunes;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Long> notes = new HashMap<>();
  private final Map<String, Long> spoken = new HashMap<>();
  private final Map<String, String> stages = new HashMap<>();

  /** Names of a pipeline's finetunes, in its order; none where a list or a template has them. */
  static List<String> names(PipelineSpec pipeline) {
    boolean listed =
        pipeline.jobs().isPresent()
            || pipeline.finetunes().stream().anyMatch(FinetuneChoice::isTemplate);
    return listed ? List.of() : pipeline.finetunes().stream().map(FinetuneChoice::name).toList();
  }

  /**
   * @param finetunes names, in the order of the pipeline; none if they are not known here
   */
  Ticker(Terminal terminal, List<String> finetunes) {
    this.terminal = terminal;
    this.finetunes = finetunes;
  }

  void tell(RunWatch.Glance glance) {
    glance.status().ifPresent(status -> status.outcomes().forEach(this::outcome));
    glance
        .batch()
        .ifPresent(batch -> batch(batch, glance.status().map(RunStatus::finetunes).orElse(0)));
    List<String> lines = new ArrayList<>();
    for (RunWatch.Working working : glance.working()) {
      if (working.activity().startsWith("Attach.") && glance.working().size() > 1) {
        continue;
      }
      if (working.activity().startsWith("Graft.") && !working.started()) {
        continue; // a window of a long list
      }
      String name = name(working);
      String line = String.format(Locale.ROOT, "%-22s %s", name, words(working)).stripTrailing();
      working.progress().ifPresent(progress -> note(name, progress));
      working
          .failure()
          .filter(why -> told.add(working.workflow() + working.attempt()))
          .ifPresent(
              why ->
                  terminal.say(
                      name + ": attempt " + (working.attempt() - 1) + " ended: " + brief(why)));
      lines.add(line);
      if (!terminal.isLive()) {
        speak(name, working, line);
      }
    }
    terminal.draw(lines);
  }

  /** Clears what is live. */
  void end() {
    terminal.draw(List.of());
  }

  private void speak(String name, RunWatch.Working working, String line) {
    String stage = working.progress().map(Progress::stage).orElse(working.activity());
    long now = System.nanoTime();
    boolean changed = !stage.equals(stages.put(name, stage));
    if (changed || now - spoken.getOrDefault(name, 0L) >= PLAIN_PERIOD) {
      spoken.put(name, now);
      terminal.say(line);
    }
  }

  private void note(String name, Progress progress) {
    long before = notes.getOrDefault(name, 0L);
    if (progress.notes() > before) {
      notes.put(name, progress.notes());
      progress
          .note()
          .ifPresent(note -> terminal.say(String.format(Locale.ROOT, "%-22s “%s”", name, note)));
    }
  }

  private void outcome(StageOutcome outcome) {
    if (told.add(outcome.stage() + outcome.name())) {
      terminal.say(stage(outcome));
    }
  }

  static String stage(StageOutcome outcome) {
    String by =
        outcome.how() == StageOutcome.How.MADE
            ? "in " + Figures.seconds(outcome.spent().seconds())
            : "grown by "
                + outcome.maker()
                + ", "
                + Figures.time(outcome.madeAt())
                + ", in "
                + Figures.seconds(outcome.spent().seconds());
    return String.format(Locale.ROOT, "%-22s %-7s %s", outcome.name(), outcome.how(), by);
  }

  private void batch(BatchResult batch, int of) {
    int ended = batch.done() + batch.failed();
    if (ended > 0 && told.add("batch " + ended)) {
      terminal.say(
          String.format(
              Locale.ROOT,
              "%-22s %d of %d ended%s",
              "finetunes",
              ended,
              of,
              batch.failed() > 0 ? ", " + batch.failed() + " of them failed" : ""));
    }
  }

  private String name(RunWatch.Working working) {
    if (working.workflow().startsWith("finetune/")) {
      String index = working.workflow().substring(working.workflow().lastIndexOf('/') + 1);
      int at = index.matches("\\d{1,6}") ? Integer.parseInt(index) : -1;
      return at >= 0 && at < finetunes.size() ? finetunes.get(at) : working.workflow();
    }
    return working
        .activity()
        .substring(working.activity().lastIndexOf('.') + 1)
        .toLowerCase(Locale.ROOT);
  }

  private static String words(RunWatch.Working working) {
    if (working.progress().isPresent()) {
      Progress progress = working.progress().get();
      String figures = Figures.line(progress);
      boolean plain = working.activity().toLowerCase(Locale.ROOT).endsWith("." + progress.stage());
      return plain ? figures : (progress.stage() + "  " + figures).strip();
    }
    return working.started() ? "starting" : "waiting for a worker";
  }

  private static String brief(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
