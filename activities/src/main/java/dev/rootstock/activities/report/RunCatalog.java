package dev.rootstock.activities.report;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.PipelineRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All runs of a store, whatever server they ran on: {@code runs list}. */
public record RunCatalog(ArtifactStore store) {
  private static final Pattern REQUEST = Pattern.compile("runs/([^/]+)/request\\.json");
  public static final String RUNNING = "running";

  private static final String PIPELINE = "pipeline";

  /**
   * A run in one line.
   *
   * @param state {@code running} (as far as the store knows), {@code done}, {@code failed} or
   *     {@code cancelled}
   * @param base {@code NAME@VERSION}, once it is there
   */
  public record Summary(
      String run,
      String pipeline,
      String state,
      Optional<Instant> began,
      Optional<Instant> ended,
      Optional<String> base,
      int finetunes,
      int done,
      int failed)
      implements HandedOn {
    /** The same in another state, known from elsewhere. */
    public Summary in(String other) {
      return new Summary(run, pipeline, other, began, ended, base, finetunes, done, failed);
    }
  }

  /** Every run, newest first. */
  public List<Summary> list() throws IOException {
    List<Summary> runs = new ArrayList<>();
    for (String key : store.list("runs/")) {
      Matcher request = REQUEST.matcher(key);
      if (request.matches()) {
        find(request.group(1)).ifPresent(runs::add);
      }
    }
    runs.sort(
        Comparator.comparing((Summary run) -> run.began().orElse(Instant.EPOCH))
            .reversed()
            .thenComparing(Summary::run));
    return runs;
  }

  /** One run; empty if there is none of that name. */
  public Optional<Summary> find(String run) throws IOException {
    RunRecord record = new RunRecord(store, run);
    Optional<PipelineRequest> request = record.request();
    if (request.isEmpty()) {
      return Optional.empty();
    }
    List<RunEvent> events = record.events();
    Optional<RunEvent> last =
        events.stream()
            .filter(event -> event.stage().equals(PIPELINE))
            .reduce((before, after) -> after);
    String word = last.map(event -> event.what().split("[: ]", 2)[0]).orElse("began");
    String state = word.equals("began") ? RUNNING : word;
    return Optional.of(
        new Summary(
            run,
            request.get().pipeline().name(),
            state,
            events.stream().findFirst().map(RunEvent::at),
            state.equals(RUNNING) ? Optional.empty() : last.map(RunEvent::at),
            record.result().map(result -> result.base().label()),
            record.wanted(),
            record.done().size(),
            record.failures().size()));
  }

  /** Everything about one run. */
  public RunRecord open(String run) {
    return new RunRecord(store, run);
  }
}
