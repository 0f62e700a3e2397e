package dev.rootstock.contract.task;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A task's rows in three parts. Where a row goes follows from its text alone, so that equal texts
 * never stand on both sides and a row stays where it is when others come. The parts are in the
 * order of that hash.
 *
 * @param labels of a {@code classify} task, sorted; else empty
 * @param notes what is worth telling and no fault, a sentence each
 */
public record TaskSplit(
    List<TaskRow> train,
    List<TaskRow> dev,
    List<TaskRow> test,
    List<String> labels,
    List<String> notes) {
  private static final String SALT = "rootstock task 1\n";

  public TaskSplit {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a task's files and parts its rows.
   *
   * @param data the files of {@code spec.data}, in its order
   * @param test the files of {@code spec.test}
   * @throws dev.rootstock.contract.InvalidConfig with what is wrong with the files or the parts
   */
  public static TaskSplit read(
      TaskSpec spec, List<PinnedFile> data, List<PinnedFile> test, TaskFiles files)
      throws IOException {
    TaskRows reader = new TaskRows(spec, files);
    List<TaskRow> rows = reader.read(data);
    List<TaskRow> given = test.isEmpty() ? List.of() : reader.read(test);
    return of(spec, rows, given, reader.notes());
  }

  /** Parts rows that have been read; {@code given}: those of a test set, else empty. */
  static TaskSplit of(TaskSpec spec, List<TaskRow> rows, List<TaskRow> given, List<String> notes) {
    Map<TaskRow, Double> place = new HashMap<>();
    rows.forEach(row -> place.put(row, place(row.text())));
    List<TaskRow> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingDouble((TaskRow row) -> place.get(row)).thenComparing(TaskRow::text));
    double testShare = given.isEmpty() ? spec.testShare() : 0;
    int testEnd = end(sorted, place, testShare, 0);
    int devEnd = end(sorted, place, testShare + spec.devShare(), testEnd);
    if (spec.devShare() == 0) {
      devEnd = testEnd;
    }
    List<TaskRow> test = given.isEmpty() ? sorted.subList(0, testEnd) : given;
    List<TaskRow> dev = sorted.subList(testEnd, devEnd);
    List<TaskRow> train = sorted.subList(devEnd, sorted.size());
    if (spec.limit().isPresent() && spec.limit().get() < train.size()) {
      train = train.subList(0, spec.limit().get());
    }
    List<String> told = new ArrayList<>(notes);
    check(spec, rows, train, dev, test, told);
    return new TaskSplit(train, dev, test, labels(spec, train, dev, test), told);
  }

  /**
   * Where the rows below {@code bound} end; a wanted part gets at least one row where there is one
   * to spare.
   */
  private static int end(
      List<TaskRow> sorted, Map<TaskRow, Double> place, double bound, int begin) {
    int end = begin;
    while (end < sorted.size() && place.get(sorted.get(end)) < bound) {
      end++;
    }
    return end == begin && bound > 0 && sorted.size() - begin > 1 ? begin + 1 : end;
  }

  private static double place(String text) {
    String hex = Fingerprint.sha256((SALT + text).getBytes(StandardCharsets.UTF_8));
    return Long.parseLong(hex.substring(0, 13), 16) / (double) (1L << 52);
  }

  private static void check(
      TaskSpec spec,
      List<TaskRow> rows,
      List<TaskRow> train,
      List<TaskRow> dev,
      List<TaskRow> test,
      List<String> notes) {
    String more = "Give more rows, or a test set of its own";
    Check check =
        new Check()
            .that(
                !train.isEmpty(),
                "data",
                rows.size() + " rows, none left to train on",
                "enough for every part",
                more)
            .that(
                !dev.isEmpty() || spec.devShare() == 0,
                "data",
                rows.size() + " rows, none left for dev",
                "enough for every part",
                more)
            .that(
                !test.isEmpty(),
                "data",
                rows.size() + " rows, none left for the test",
                "enough for every part",
                more);
    if (spec.type() == TaskType.CLASSIFY && check.problems().isEmpty()) {
      Set<String> learned = labels(train);
      check.that(
          learned.size() > 1,
          spec.fields().label(),
          "\"" + String.join(",", learned) + "\" in all " + train.size() + " training rows",
          "at least two different labels",
          "Give rows of every label");
      Set<String> strange = labels(test);
      strange.removeAll(learned);
      if (!strange.isEmpty()) {
        notes.add(
            "labels of test rows that no training row has, and that can not be learned: "
                + String.join(", ", strange));
      }
    }
    check.done();
    Set<String> seen = new HashSet<>();
    train.forEach(row -> seen.add(row.text()));
    long known = test.stream().filter(row -> seen.contains(row.text())).count();
    if (known > 0) {
      notes.add(
          known
              + " of "
              + test.size()
              + " test rows are also training rows: their score is no proof");
    }
  }

  private static List<String> labels(
      TaskSpec spec, List<TaskRow> train, List<TaskRow> dev, List<TaskRow> test) {
    if (spec.type() != TaskType.CLASSIFY) {
      return List.of();
    }
    Set<String> labels = labels(train);
    labels.addAll(labels(dev));
    labels.addAll(labels(test));
    return List.copyOf(labels);
  }

  private static Set<String> labels(List<TaskRow> rows) {
    Set<String> labels = new TreeSet<>();
    rows.forEach(row -> labels.add(row.answer()));
    return labels;
  }
}
