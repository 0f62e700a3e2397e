package dev.rootstock.activities.request;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.task.LineLabels;
import dev.rootstock.contract.task.TaskSplit;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds, pins and reads the files of tasks; what many of them share is read once. Not thread-safe.
 */
final class TaskFinder {
  private static final int TOLD = 20; // finetunes with wrong files or rows
  private static final Pattern TABLE =
      Pattern.compile("(?i).*\\.(csv|tsv|tab|jsonl|ndjson)(\\.gz)?");

  private final FileFinder files;
  private final Map<URI, PinnedFile> pinned = new HashMap<>();
  private final Map<TaskSpec, Integer> trainRows = new HashMap<>();

  TaskFinder(FileFinder files) {
    this.files = files;
  }

  /** A task whose rows can be read, and where they lie. */
  record Found(TaskSpec spec, List<PinnedFile> data, List<PinnedFile> test, int trainRows) {}

  /** A finetune and its task. */
  record Wanted(ChosenFinetunes.Chosen chosen, Found task) {
    /** Its rows, by which it will be judged. */
    TestItems.Task items() {
      return new TestItems.Task(chosen.choice().name(), task.spec(), task.data(), task.test());
    }
  }

  /** The tasks of finetunes; after some that are wrong no more are read. */
  List<Wanted> find(List<ChosenFinetunes.Chosen> all, Check check) throws IOException {
    List<Wanted> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i - found.size() >= TOLD) {
        check.that(
            false, "finetunes", "wrong in " + TOLD + " places, and was not read further", "right");
        return found;
      }
      ChosenFinetunes.Chosen chosen = all.get(i);
      find(chosen, check).ifPresent(task -> found.add(new Wanted(chosen, task)));
    }
    return found;
  }

  /**
   * The task as it lies now; empty if something is wrong with it, which then went to {@code check}.
   */
  Optional<Found> find(ChosenFinetunes.Chosen chosen, Check check) throws IOException {
    FinetuneChoice choice = chosen.choice();
    int before = check.problems().size();
    Map<URI, SourceFile> sources = new HashMap<>();
    List<PinnedFile> data = pin(chosen.key("data"), choice.data(), choice, sources, check);
    List<PinnedFile> test =
        choice.test().isEmpty()
            ? List.of()
            : pin(chosen.key("test"), choice.test().get(), choice, sources, check);
    if (check.problems().size() > before) {
      return Optional.empty();
    }
    TaskSpec spec =
        new TaskSpec(
            choice.task(),
            data.stream().map(PinnedFile::content).toList(),
            test.stream().map(PinnedFile::content).toList(),
            choice.fields(),
            choice.format(),
            choice.encoding(),
            choice.dev(),
            choice.testShare(),
            choice.limit());
    try {
      Integer rows = trainRows.get(spec);
      if (rows == null) {
        rows =
            TaskSplit.read(spec, data, test, file -> sources.get(file.uri()).opener().open())
                .train()
                .size();
        trainRows.put(spec, rows);
      }
      return Optional.of(new Found(spec, data, test, rows));
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems().stream().map(problem -> placed(chosen, problem)).toList());
      return Optional.empty();
    }
  }

  /** A reader of rows names its files, a request its keys; both are kept. */
  private static Problem placed(ChosenFinetunes.Chosen chosen, Problem problem) {
    if (problem.path().equals("data") || problem.path().matches("[a-z]+")) {
      return chosen.placed(problem);
    }
    return new Problem(
        chosen.key("data"),
        problem.path() + " " + problem.found(),
        problem.wanted(),
        problem.remedy());
  }

  private List<PinnedFile> pin(
      String path, String pattern, FinetuneChoice choice, Map<URI, SourceFile> sources, Check check)
      throws IOException {
    List<PinnedFile> all = new ArrayList<>();
    try {
      List<SourceFile> found = files.find(path, pattern);
      List<Optional<String>> labels = labels(found, choice);
      for (int i = 0; i < found.size(); i++) {
        sources.put(found.get(i).uri(), found.get(i));
        all.add(pin(found.get(i), labels.get(i)));
      }
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems());
    } catch (IOException unreadable) {
      check.that(false, path, "\"" + pattern + "\" (" + unreadable + ")", "files that can be read");
    }
    return all;
  }

  private PinnedFile pin(SourceFile file, Optional<String> label) throws IOException {
    PinnedFile known = pinned.get(file.uri());
    if (known == null) {
      known = file.pin(Optional.empty());
      pinned.put(file.uri(), known);
    }
    return new PinnedFile(known.uri(), known.sha256(), known.bytes(), label);
  }

  /** Files of bare lines are told apart by their names; in files of other kinds the rows tell. */
  private static List<Optional<String>> labels(List<SourceFile> found, FinetuneChoice choice) {
    boolean lines =
        choice.format() == TaskSpec.Format.LINES
            || (choice.format() == TaskSpec.Format.AUTO
                && found.stream().noneMatch(file -> TABLE.matcher(file.lastName()).matches()));
    if (!lines || choice.task() == TaskType.LANGUAGE_MODEL || choice.task() == TaskType.CHAT) {
      return found.stream().map(file -> Optional.<String>empty()).toList();
    }
    return LineLabels.of(found.stream().map(SourceFile::name).toList()).stream()
        .map(Optional::of)
        .toList();
  }
}
