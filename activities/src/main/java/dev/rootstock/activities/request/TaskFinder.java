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

/** Finds, pins and reads the files of a task. */
final class TaskFinder {
  private static final Pattern TABLE =
      Pattern.compile("(?i).*\\.(csv|tsv|tab|jsonl|ndjson)(\\.gz)?");

  private final FileFinder files;

  TaskFinder(FileFinder files) {
    this.files = files;
  }

  /** A task whose rows can be read, and where they lie. */
  record Found(TaskSpec spec, List<PinnedFile> data, List<PinnedFile> test, int trainRows) {}

  /**
   * The test rows of finetunes.
   *
   * @param found of each of them, in the same order
   */
  static TestItems items(List<FinetuneChoice> finetunes, List<Found> found) {
    List<TestItems.Task> tasks = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Found task = found.get(i);
      tasks.add(new TestItems.Task(finetunes.get(i).name(), task.spec(), task.data(), task.test()));
    }
    return new TestItems(tasks);
  }

  /**
   * The task as it lies now; empty if something is wrong with it, which then went to {@code check}.
   *
   * @param path of the finetune in the request
   */
  Optional<Found> find(String path, FinetuneChoice choice, Check check) throws IOException {
    int before = check.problems().size();
    Map<URI, SourceFile> sources = new HashMap<>();
    List<PinnedFile> data = pin(path + ".data", choice.data(), choice, sources, check);
    List<PinnedFile> test =
        choice.test().isEmpty()
            ? List.of()
            : pin(path + ".test", choice.test().get(), choice, sources, check);
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
      TaskSplit rows =
          TaskSplit.read(spec, data, test, file -> sources.get(file.uri()).opener().open());
      return Optional.of(new Found(spec, data, test, rows.train().size()));
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems().stream().map(problem -> placed(path, problem)).toList());
      return Optional.empty();
    }
  }

  /** A reader of rows names its files, a request its keys; both are kept. */
  private static Problem placed(String path, Problem problem) {
    if (problem.path().equals("data") || problem.path().matches("[a-z]+")) {
      return problem.under(path);
    }
    return new Problem(
        path + ".data", problem.path() + " " + problem.found(), problem.wanted(), problem.remedy());
  }

  private List<PinnedFile> pin(
      String path, String pattern, FinetuneChoice choice, Map<URI, SourceFile> sources, Check check)
      throws IOException {
    List<PinnedFile> pinned = new ArrayList<>();
    try {
      List<SourceFile> found = files.find(path, pattern);
      List<Optional<String>> labels = labels(found, choice);
      for (int i = 0; i < found.size(); i++) {
        sources.put(found.get(i).uri(), found.get(i));
        pinned.add(found.get(i).pin(labels.get(i)));
      }
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems());
    } catch (IOException unreadable) {
      check.that(false, path, "\"" + pattern + "\" (" + unreadable + ")", "files that can be read");
    }
    return pinned;
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
